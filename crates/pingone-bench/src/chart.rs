//! The chart: the families of the table that most people ask about, each with a scale of its own.

use plotters::{
    coord::Shift,
    prelude::{DrawingArea, DrawingBackend, IntoDrawingArea, Rectangle, SVGBackend, Text},
    style::{Color, FontStyle, IntoFont, RGBColor, WHITE},
};

use crate::Failure;

/// As the table calls them.
const FAMILIES: [&str; 3] = [
    "read the reply as documented, 6576 bytes",
    "cancel a push: client CPU a call, one at a time",
    "wait for a push: client CPU a read",
];

const WIDTH: u32 = 880;
const MARGIN: i32 = 16;
/// Where the bars begin, and how long the longest is.
const BARS: i32 = 350;
const LONGEST: f64 = 440.0;
const LINE: i32 = 21;
const TITLE: i32 = 34;

const INK: RGBColor = RGBColor(36, 41, 47);
const OURS: RGBColor = RGBColor(0, 92, 175);
const PEER: RGBColor = RGBColor(170, 184, 198);
const FLOOR: RGBColor = RGBColor(214, 219, 224);

struct Bar<'a> {
    name: &'a str,
    figure: &'a str,
    microseconds: f64,
    color: RGBColor,
}

/// The SVG of a table.
pub(crate) fn draw(table: &str) -> Result<String, Failure> {
    let families = FAMILIES.map(|title| (title, bars(table, title)));
    if let Some((title, _)) = families.iter().find(|(_, bars)| bars.is_empty()) {
        return Err(format!("the table has no rows of {title}").into());
    }
    let lines: i32 = families.iter().map(|(_, bars)| TITLE + LINE * bars.len() as i32).sum();
    let height = u32::try_from(lines + 2 * MARGIN)?;
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        area.fill(&WHITE)?;
        let mut top = MARGIN;
        for (title, bars) in &families {
            draw_family(&area, top, title, bars).map_err(|error| error.to_string())?;
            top += TITLE + LINE * bars.len() as i32;
        }
        area.present()?;
    }
    Ok(svg)
}

fn draw_family<B: DrawingBackend>(
    area: &DrawingArea<B, Shift>,
    top: i32,
    title: &str,
    bars: &[Bar<'_>],
) -> Result<(), Box<dyn std::error::Error>>
where
    B::ErrorType: 'static,
{
    let bold = ("sans-serif", 15, FontStyle::Bold).into_font().color(&INK);
    let plain = ("sans-serif", 13).into_font().color(&INK);
    area.draw(&Text::new(title, (MARGIN, top + 8), bold))?;
    let longest = bars.iter().map(|bar| bar.microseconds).fold(f64::MIN_POSITIVE, f64::max);
    for (bar, line) in bars.iter().zip(0..) {
        let y = top + TITLE + LINE * line;
        let end = BARS + (bar.microseconds / longest * LONGEST).round().max(1.0) as i32;
        area.draw(&Text::new(bar.name.replace('`', ""), (MARGIN, y + 1), plain.clone()))?;
        area.draw(&Rectangle::new([(BARS, y), (end, y + LINE - 6)], bar.color.filled()))?;
        area.draw(&Text::new(bar.figure, (end + 6, y + 1), plain.clone()))?;
    }
    Ok(())
}

/// The rows of a family that are times.
fn bars<'a>(table: &'a str, title: &str) -> Vec<Bar<'a>> {
    let rows = table.lines().map(|line| line.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    let is_title = |row: &Vec<&str>| row.first().is_some_and(|name| name.starts_with("**"));
    let family = rows.skip_while(|row| row.first() != Some(&&*format!("**{title}**"))).skip(1);
    family
        .take_while(|row| !is_title(row))
        .filter_map(|row| {
            let [name, figure, _, _, verdict] = row[..] else { return None };
            let color = match verdict {
                _ if name.starts_with("ours") || name.starts_with("pingone") => OURS,
                "floor" => FLOOR,
                _ => PEER,
            };
            Some(Bar { name, figure, microseconds: microseconds(figure)?, color })
        })
        .collect()
}

fn microseconds(figure: &str) -> Option<f64> {
    let (number, unit) = figure.split_once(' ')?;
    let factor = match unit {
        "ns" => 0.001,
        "µs" => 1.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}
