// Counts down, polls, and goes to the next page when the wait is over. Without scripts there is a button instead.
const left = document.querySelector("#left");
const end = Date.now() + 1000 * Number(left.dataset.seconds);

const words = (seconds) => {
    if (seconds <= 0) return "Any moment now";
    if (seconds > 120) return `${Math.ceil(seconds / 60)} minutes left`;
    return `${seconds} second${seconds === 1 ? "" : "s"} left`;
};
setInterval(() => (left.textContent = words(Math.ceil((end - Date.now()) / 1000))), 1000);

for (;;) {
    try {
        const response = await fetch(left.dataset.wait, { redirect: "manual" });
        if (response.status !== 204) break;
    } catch {
        await new Promise((resolve) => setTimeout(resolve, 2000));
    }
}
location.replace(left.dataset.then);
