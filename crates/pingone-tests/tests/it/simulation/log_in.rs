//! A log-in as a careful application does it, and what must hold of it whatever happens.

use std::{
    fmt::Write,
    sync::{Arc, Mutex},
    time::Duration,
};

use fastrand::Rng;
use pingone_client_core::{DeviceChange, Error, WaitError};
use pingone_model::{
    DeviceAuthentication, DeviceAuthenticationId, DeviceSelection, Document, ErrorCode, FollowUp,
    InitializeDeviceAuthentication, NextStep, OtpEntry, PendingPush, ReadDeviceAuthentication,
};

use pingone_tests::Kind;

use super::{
    chance::{Answer, Person, fault},
    world::{World, user},
};

/// How a log-in ended for the application.
enum End {
    In(DeviceAuthenticationId),
    Out(DeviceAuthenticationId),
    /// Not even its id is known.
    Lost,
}

/// What the user's other windows did.
#[derive(Clone, Copy, Default)]
struct Elsewhere {
    taken_back: usize,
    took: Duration,
}

/// One log-in under way.
struct LogIn<'a> {
    world: &'a World,
    random: Rng,
    person: Person,
    codes_entered: usize,
    selections: usize,
    changes: usize,
    elsewhere: Arc<Mutex<Elsewhere>>,
    story: String,
}

/// Lets one user log in, checks what must hold, and tells the story.
pub(super) fn log_in(world: &World, number: usize) -> String {
    let mut random = world.random(number);
    for _ in 0..random.u8(0..4) {
        world.service.inject(fault(&mut random));
    }
    let person = Person::any(&mut random);
    let operations = [
        "device_authentication.initialize",
        "device_authentication.check_otp",
        "device_authentication.select_device",
        "device_authentication.cancel",
    ];
    let before = world.effects(operations);
    let (elsewhere, story) = (Arc::default(), String::new());
    let mut log_in = LogIn { world, random, person, codes_entered: 0, selections: 0, changes: 0, elsewhere, story };
    let end = log_in.run(&user(number));
    // What the user still does comes too late.
    world.memory.advance(Duration::from_secs(60));
    let LogIn { codes_entered, selections, changes, mut story, .. } = log_in;

    let place = || format!("{}: {story}", world.place(number));
    let mut before = before.into_iter();
    let [begun, checked, selected, cancelled] = world.effects(operations).map(|after| after - before.next().unwrap());
    assert!(begun <= 1, "more than one push was sent: {}", place());
    let asked_for = checked <= codes_entered && selected <= selections && cancelled <= changes;
    assert!(asked_for, "something was sent again: {}", place());
    match &end {
        End::In(id) => assert_eq!(world.truth(id.as_str()), "COMPLETED", "{}", place()),
        End::Out(id) => drop(world.truth(id.as_str())),
        End::Lost => world.service.clear_faults(),
    }
    let _ = writeln!(story, "by {:?}", world.memory.elapsed());
    story
}

impl LogIn<'_> {
    fn run(&mut self, user: &str) -> End {
        let mut step = match self.world.client.send(InitializeDeviceAuthentication::new(user)) {
            Ok(begun) => begun.into_next_step(),
            Err(error) => {
                self.tell(&error);
                return End::Lost;
            }
        };
        // Nobody goes on for ever.
        for _ in 0..20 {
            let Some(id) = id(&step) else { return End::Lost };
            let next = match step {
                NextStep::Push(push) => self.wait(push),
                NextStep::DeviceSelection(selection) | NextStep::PushTimedOut(selection) => self.select(&selection),
                NextStep::Otp(entry) => self.enter_code(&entry),
                NextStep::Completed(_) => return self.end("in", End::In(id)),
                NextStep::Failed(_) => return self.end("failed", End::Out(id)),
                NextStep::Unknown(_) => self.read(ReadDeviceAuthentication::new(&id)),
                other => panic!("{other:?}"),
            };
            step = match next {
                Some(next) => next,
                None => return self.end("given up", End::Out(id)),
            };
        }
        self.end("without end", End::Lost)
    }

    fn end(&mut self, how: &str, end: End) -> End {
        let _ = writeln!(self.story, "{how}");
        end
    }

    fn tell(&mut self, what: &dyn std::fmt::Display) {
        let _ = writeln!(self.story, "{what}");
    }

    /// Sends, and asks what has happened if the reply is lost.
    fn send<O>(&mut self, operation: O) -> Option<NextStep>
    where
        O: FollowUp<Output = Document<DeviceAuthentication>, Read = ReadDeviceAuthentication>,
    {
        self.world
            .client
            .send(&operation)
            .map_or_else(|error| self.follow_up(&error, &operation), |reply| Some(reply.into_next_step()))
    }

    fn read(&mut self, read: ReadDeviceAuthentication) -> Option<NextStep> {
        match self.world.client.send(read) {
            Ok(reply) => Some(reply.into_next_step()),
            Err(error) => {
                self.tell(&error);
                None
            }
        }
    }

    fn follow_up<O>(&mut self, error: &Error, operation: &O) -> Option<NextStep>
    where
        O: FollowUp<Read = ReadDeviceAuthentication>,
    {
        self.tell(error);
        self.read(error.follow_up(operation)?)
    }

    fn wait(&mut self, push: PendingPush) -> Option<NextStep> {
        let (service, memory) = (&self.world.service, &self.world.memory);
        let (id, answer) = (push.id().as_str().to_owned(), self.person.answer);
        self.changes += usize::from(matches!(answer, Answer::ChangeDevice));
        let (phone, one, clock, elsewhere) = (service.clone(), push.clone(), memory.clone(), self.elsewhere.clone());
        let seen = *elsewhere.lock().unwrap();
        memory.after(self.person.takes, move || {
            // It may be too late for any of these.
            let _ = match answer {
                Answer::Approve => phone.approve_push(&id),
                Answer::Deny => phone.deny_push(&id),
                Answer::Nothing => Ok(()),
                Answer::ChangeDevice => {
                    let (begun, configuration) = (clock.elapsed(), clock.configuration().unwrap().seed(0));
                    let other = clock.client(Kind::Blocking, configuration).unwrap();
                    let is_taken_back = matches!(other.change_device(one), Ok(DeviceChange::Cancelled(_)));
                    let mut elsewhere = elsewhere.lock().unwrap();
                    elsewhere.taken_back += usize::from(is_taken_back);
                    elsewhere.took += clock.elapsed() - begun;
                    Ok(())
                }
            };
        });
        let begun = memory.elapsed();
        let mut end = self.world.client.wait(&push, self.person.within);
        while let Err(WaitError::ReadFailed { wait, error, .. }) = &end {
            self.tell(error);
            // It may read again at once, so this comes to an end only by the deadline, or by what does not pass.
            if !matches!(error.status().map(|status| status.as_u16()), None | Some(200 | 500 | 503 | 504)) {
                return None;
            }
            end = self.world.client.resume(wait.clone());
        }
        // What the other window waits for holds up this one, too: there is one clock.
        let elsewhere = *self.elsewhere.lock().unwrap();
        let may = self.person.within + (elsewhere.took - seen.took) + Duration::from_millis(1);
        let (took, is_taken_back) = (memory.elapsed() - begun, elsewhere.taken_back > seen.taken_back);
        assert!(took <= may, "{took:?} instead of {may:?}: {} {}", self.world.seed, self.story);
        assert!(!(is_taken_back && end.is_ok()), "a push that was taken back lets nobody in: {}", self.story);
        match end {
            Ok(completed) => Some(NextStep::Completed(completed)),
            Err(end) => {
                self.tell(&end);
                match end.into_next_step()? {
                    NextStep::Push(push) => self.change_device(push),
                    NextStep::Failed(failed) => Some(NextStep::Failed(failed)),
                    other => Some(other),
                }
            }
        }
    }

    fn change_device(&mut self, push: PendingPush) -> Option<NextStep> {
        self.changes += 1;
        match self.world.client.change_device(push) {
            Ok(DeviceChange::Cancelled(selection) | DeviceChange::TimedOut(selection)) => {
                Some(NextStep::DeviceSelection(selection))
            }
            Ok(DeviceChange::AlreadyApproved(completed)) => Some(NextStep::Completed(completed)),
            Ok(DeviceChange::AlreadyDenied(failed)) => Some(NextStep::Failed(failed)),
            Ok(DeviceChange::Changed(step)) => Some(step),
            Ok(_) => None,
            Err(error) => {
                self.tell(&error);
                None
            }
        }
    }

    fn select(&mut self, selection: &DeviceSelection) -> Option<NextStep> {
        let devices: Vec<_> = selection.devices().map(|(id, _)| id.clone()).collect();
        if devices.is_empty() {
            return None;
        }
        let device = devices[self.random.usize(..devices.len())].clone();
        self.selections += 1;
        self.send(selection.select(device))
    }

    fn enter_code(&mut self, entry: &OtpEntry) -> Option<NextStep> {
        let sent = self.world.service.last_code_for(entry.id().as_str())?;
        let mistyped = self.person.mistypes > 0;
        self.person.mistypes = self.person.mistypes.saturating_sub(1);
        let digit = |digit: char| if mistyped { if digit == '9' { '0' } else { '9' } } else { digit };
        let code: String = sent.code().chars().map(digit).collect();
        self.codes_entered += 1;
        let check = entry.check(&code);
        match self.world.client.send(&check) {
            Ok(reply) => Some(reply.into_next_step()),
            Err(error) if error.response_error().is_some_and(|refusal| refusal.has_code(&ErrorCode::InvalidOtp)) => {
                self.tell(&error);
                Some(NextStep::Otp(entry.clone()))
            }
            Err(error) => self.follow_up(&error, &check),
        }
    }
}

fn id(step: &NextStep) -> Option<DeviceAuthenticationId> {
    match step {
        NextStep::Push(step) => Some(step.id().clone()),
        NextStep::PushTimedOut(step) | NextStep::DeviceSelection(step) => Some(step.id().clone()),
        NextStep::Otp(step) => Some(step.id().clone()),
        NextStep::Completed(step) => step.authentication().id().cloned(),
        NextStep::Failed(step) => step.authentication().id().cloned(),
        NextStep::Unknown(reply) => reply.id().cloned(),
        _ => None,
    }
}
