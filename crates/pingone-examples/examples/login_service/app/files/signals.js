// What PingOne needs to know a browser again: the output of its Signals SDK, into each form that has a place for it.
//
// This is a stand-in. Yours loads the SDK, with `universalDeviceIdentification`, and returns what `getData()` gives.
const payload = async () => "stand-in for the output of the Signals SDK";

const places = document.querySelectorAll("input[name=signals]");
if (places.length > 0) {
    const text = await payload();
    for (const place of places) {
        place.value = text;
        place.form.hidden = false;
    }
}
