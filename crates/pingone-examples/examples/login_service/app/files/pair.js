// Goes on by itself once the app has taken the key, and counts down meanwhile. Without scripts there is a button instead.
const left = document.querySelector("#left");
const end = Date.now() + 1000 * Number(left.dataset.seconds);
const paired = left.dataset.paired;

const countDown = () => {
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")} left`;
};
setInterval(countDown, 1000);

for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    try {
        const response = await fetch(paired, { redirect: "manual" });
        if (response.status !== 204) break;
    } catch {
        // The next time.
    }
}
location.replace(paired);
