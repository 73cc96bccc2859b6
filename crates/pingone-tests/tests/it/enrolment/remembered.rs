//! A browser that is remembered takes the place of the second factor.

use pingone_emulator::Policy;
use pingone_model::{
    BrowserCookie, CheckRememberedDevice, Problem, RememberedDevice,
    user_device::{DeleteUserDevice, RememberBrowser},
};
use pingone_tests::Kind;

use super::{World, both};

const SIGNALS: &str = "output of the Signals SDK";

fn check(world: &World, cookie: &BrowserCookie) -> RememberedDevice {
    world.send(CheckRememberedDevice::new(&world.user, "p-1", cookie, SIGNALS))
}

#[test]
fn it_skips_the_second_factor_by_its_cookie_and_by_no_other() {
    both(|world| {
        world.enrolled(world.email());
        let remembered = world.send(RememberBrowser::new(&world.user, "p-1", SIGNALS));
        let cookie = remembered.cookie().expect("the reply sets it");
        // As a service keeps it between two visits.
        let kept = BrowserCookie::from(cookie.as_str().to_owned());
        let end = check(world, &kept);
        let RememberedDevice::Remembered(completed) = end else { panic!("not remembered: {end:?}") };
        assert!(completed.is_for(&world.user));
        assert!(world.service.codes().is_empty(), "nobody is asked for a code");

        let other = check(world, &BrowserCookie::from(format!("{}x", cookie.as_str())));
        assert!(matches!(other, RememberedDevice::NotRemembered(_)), "{other:?}");
    });
}

#[test]
fn a_browser_that_is_forgotten_has_to_show_the_second_factor_again() {
    both(|world| {
        let remembered = world.send(RememberBrowser::new(&world.user, "p-1", SIGNALS));
        let cookie = remembered.cookie().unwrap();
        assert!(matches!(check(world, cookie), RememberedDevice::Remembered(_)));
        world.send(DeleteUserDevice::new(&world.user, remembered.device().id().unwrap()));
        assert!(matches!(check(world, cookie), RememberedDevice::NotRemembered(_)));
    });
}

#[test]
fn each_browser_has_a_cookie_of_its_own() {
    both(|world| {
        let [first, second] = [(); 2].map(|()| world.send(RememberBrowser::new(&world.user, "p-1", SIGNALS)));
        world.send(DeleteUserDevice::new(&world.user, first.device().id().unwrap()));
        assert!(matches!(check(world, first.cookie().unwrap()), RememberedDevice::NotRemembered(_)));
        assert!(matches!(check(world, second.cookie().unwrap()), RememberedDevice::Remembered(_)));
    });
}

#[test]
fn the_policy_has_to_allow_it() {
    for kind in Kind::BOTH {
        let world = World::with(kind, Policy::new("p-1").remember_me(false));
        let error = world.refused(RememberBrowser::new(&world.user, "p-1", SIGNALS));
        assert!(matches!(error.problem(), Problem::BadRequest), "{error}");
    }
}
