// Goes on by itself once the push is answered. Without scripts the page asks again every few seconds instead.
const goOn = async () => {
    for (;;) {
        try {
            const response = await fetch("/wait", { redirect: "manual" });
            if (response.status !== 204) break;
        } catch {
            await new Promise((resolve) => setTimeout(resolve, 2000));
        }
    }
    location.replace("/");
};
goOn();
