// Goes on by itself once the push is answered, and counts down meanwhile. Without scripts there is a button instead.
const left = document.querySelector("#left");
const end = Date.now() + 1000 * Number(left.dataset.seconds);

const countDown = () => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    left.textContent = seconds === 0 ? "Any moment now" : `${seconds} second${seconds === 1 ? "" : "s"} left`;
};
setInterval(countDown, 1000);

for (;;) {
    try {
        const response = await fetch("/wait", { redirect: "manual" });
        if (response.status !== 204) break;
    } catch {
        await new Promise((resolve) => setTimeout(resolve, 2000));
    }
}
location.replace("/");
