//! What is asked of the system: CPU time, cores, memory, sockets.

use std::{fs, time::Duration};

/// The CPU time that this process has used, in all its threads and in the system for it.
#[cfg(unix)]
pub(crate) fn cpu_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Elsewhere, the time that has passed has to do.
#[cfg(not(unix))]
pub(crate) fn cpu_time() -> Duration {
    static START: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    START.elapsed()
}

/// Keeps this process, and those that it starts, on one core, where that is possible.
pub(crate) fn stay_on(core: usize) {
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        let mut cores = rustix::thread::CpuSet::new();
        cores.set(core);
        // There may be one core only, or the process may not choose.
        let _ = rustix::thread::sched_setaffinity(None, &cores);
    }
    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    let _ = core;
}

/// How much memory this process has now, and has had at most; none where there is no `/proc`.
pub(crate) fn resident_bytes() -> Option<(u64, u64)> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()
    };
    Some((field("VmRSS:")? * 1024, field("VmHWM:")? * 1024))
}

/// How many sockets this process has; none where there is no `/proc`.
pub(crate) fn sockets() -> Option<u64> {
    let descriptors = fs::read_dir("/proc/self/fd").ok()?;
    let is_socket =
        |path: &std::path::Path| fs::read_link(path).is_ok_and(|to| to.to_string_lossy().starts_with("socket:"));
    Some(descriptors.flatten().filter(|entry| is_socket(&entry.path())).count() as u64)
}
