// Puts the output of the Signals SDK, by which PingOne recognizes a browser, into every form that has a field for it.
//
// This is a stand-in. Yours loads the SDK with `universalDeviceIdentification`, and returns what `getData()` returns.
const payload = async () => "stand-in for the output of the Signals SDK";

const places = document.querySelectorAll("input[name=signals]");
if (places.length > 0) {
    const text = await payload();
    for (const place of places) {
        place.value = text;
        place.form.hidden = false;
    }
}
