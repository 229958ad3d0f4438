//! The second factor of one's own account: set up, confirm, renew, remove.

use base64::{Engine, engine::general_purpose::STANDARD};
use model::{Caller, Happening, Instant, KeyId, NoticeKind, SessionId, Subject, UserId};
use policy::{Action, Scope, permit};
use qrcodegen::{QrCode, QrCodeEcc};
use store::{SecondFactor, Tx, User};
use vault::{base32, one_time_step};

use super::{
    patience::{CODE, Counted, not_before},
    sign_in::From,
};
use crate::{
    Service, chance,
    error::{Error, Result},
    notices::{self, Audience, Tell},
    password,
    view::{RecoveryCodes, SecondFactorSetup},
};

/// How long a set-up may stand unconfirmed.
const SETUP: std::time::Duration = std::time::Duration::from_secs(15 * 60);
/// How many recovery codes there are.
const CODES: usize = 10;
/// What an authenticator shows beside the address.
const ISSUER: &str = "Beffroi";
/// Digits of a code.
const DIGITS: usize = 6;

/// What proves that whoever changes an account is its owner, not somebody at an unlocked screen.
pub struct Proof {
    /// The password.
    pub password: String,
    /// A code, wanted when a second factor is in use.
    pub code: Option<String>,
}

/// What a code was.
pub(super) enum Code {
    Right,
    Recovery { left: i64 },
    Wrong,
}

impl Service {
    /// Makes a secret for an authenticator; it holds once a code confirms it.
    ///
    /// # Errors
    /// [`Error::Refused`] when the proof does not hold; [`Error::Throttled`].
    pub async fn set_up_second_factor(
        &self,
        caller: &Caller,
        proof: Proof,
        from: &From,
    ) -> Result<SecondFactorSetup> {
        let (mut tx, scope, user) = self.proven(caller, proof, from).await?;
        let setup = self.begin_second_factor(&mut tx, &scope, &user).await?;
        tx.commit().await?;
        Ok(setup)
    }

    pub(super) async fn begin_second_factor(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        user: &User,
    ) -> Result<SecondFactorSetup> {
        let now = self.clock.now();
        let factor = SecondFactor {
            id: KeyId::new(now, chance::for_id()),
            user: user.id,
            // 160 bits, as RFC 4226 section 4 recommends for SHA-1.
            secret: vault::random::<20>().to_vec(),
            created_at: now,
            confirmed_at: None,
            last_step: 0,
            failures: 0,
            locked_until: None,
        };
        tx.begin_second_factor(scope, &factor).await?;
        setup_of(&factor, &user.profile.mail)
    }

    /// Takes the set-up into use with its first code. Other sessions end: they rose with less.
    ///
    /// # Errors
    /// [`Error::NotFound`] when nothing is being set up; [`Error::Invalid`] for a wrong code.
    pub async fn confirm_second_factor(
        &self,
        caller: &Caller,
        session: Option<SessionId>,
        code: &str,
    ) -> Result<RecoveryCodes> {
        let (scope, id) = own_account(caller)?;
        let now = self.clock.now();
        let mut tx = self.store.write().await?;
        let user = tx.user(&scope, id).await?.ok_or(Error::NotFound("account"))?;
        let factor = tx
            .hold_second_factor(id, false)
            .await?
            .filter(|factor| factor.created_at.plus(SETUP) > now)
            .ok_or(Error::NotFound("second factor being set up"))?;
        let Some(step) = step_of(&factor, code, now) else {
            return Err(Error::invalid(
                "code",
                "wrong_code",
                "this is not the code that the authenticator shows now; see that the clock of the telephone is right",
            ));
        };
        tx.confirm_second_factor(&factor, now, step).await?;
        let codes = fresh_codes(&mut tx, id).await?;
        tx.delete_sessions_of(&scope, id, session).await?;
        self.happened(&mut tx, caller, Happening::SecondFactorConfirmed).await?;
        let words =
            "A second factor was set up for your account. If it was not you, tell your administrator.";
        tell(&mut tx, &user, "A second factor was set up", words.to_owned(), now).await?;
        tx.commit().await?;
        Ok(RecoveryCodes { codes })
    }

    /// Takes the own second factor away.
    ///
    /// # Errors
    /// [`Error::Refused`] when the proof does not hold, none is in use, or the organisation
    /// requires one; [`Error::Throttled`].
    pub async fn remove_second_factor(&self, caller: &Caller, proof: Proof, from: &From) -> Result<()> {
        let (mut tx, scope, user) = self.proven(caller, proof, from).await?;
        if tx.standing(&scope).await?.second_factor_required {
            return Err(Error::Refused(
                "your organisation requires a second factor; set a new one up instead of removing it"
                    .to_owned(),
            ));
        }
        if !tx.remove_second_factor(&scope, user.id).await? {
            return Err(Error::Refused("no second factor is in use".to_owned()));
        }
        self.happened(&mut tx, caller, Happening::SecondFactorRemoved).await?;
        let words =
            "The second factor of your account was removed. If it was not you, change your password at once.";
        tell(&mut tx, &user, "Your second factor was removed", words.to_owned(), self.clock.now()).await?;
        Ok(tx.commit().await?)
    }

    /// Makes ten new recovery codes; the old ones are worth nothing.
    ///
    /// # Errors
    /// As [`Self::remove_second_factor`].
    pub async fn renew_recovery_codes(
        &self,
        caller: &Caller,
        proof: Proof,
        from: &From,
    ) -> Result<RecoveryCodes> {
        let (mut tx, _scope, user) = self.proven(caller, proof, from).await?;
        if tx.second_factor(user.id, true).await?.is_none() {
            return Err(Error::Refused("no second factor is in use".to_owned()));
        }
        let codes = fresh_codes(&mut tx, user.id).await?;
        self.happened(&mut tx, caller, Happening::RecoveryCodesRenewed).await?;
        tx.commit().await?;
        Ok(RecoveryCodes { codes })
    }

    /// Checks the password, and the code where a second factor is in use; wrong ones count as at
    /// the sign-in. Answers the transaction in which the code was used up.
    pub(super) async fn proven(
        &self,
        caller: &Caller,
        proof: Proof,
        from: &From,
    ) -> Result<(Tx, Scope, User)> {
        let (scope, id) = own_account(caller)?;
        let now = self.clock.now();
        let mut tx = self.store.read().await?;
        let user = tx.user(&scope, id).await?.ok_or(Error::NotFound("account"))?;
        let counted = Counted::of(&user.profile.mail, &from.source);
        counted.not_locked(&mut tx, now).await?;
        let hash = tx.password_of(&scope, id).await?;
        drop(tx);
        let right = password::verify(proof.password, hash).await?;
        let mut tx = self.store.write().await?;
        counted.not_locked(&mut tx, now).await?;
        if !right {
            return self.not_proven(tx, caller, &counted, ("password", "the password is wrong")).await;
        }
        let Some(factor) = tx.hold_second_factor(id, true).await? else { return Ok((tx, scope, user)) };
        let code = proof.code.as_deref().unwrap_or_default();
        match take_code(&mut tx, &factor, code, now).await? {
            Code::Right => Ok((tx, scope, user)),
            Code::Recovery { .. } => {
                self.happened(&mut tx, caller, Happening::RecoveryCodeUsed).await?;
                Ok((tx, scope, user))
            }
            Code::Wrong => {
                let words = "the code is wrong, or was used already; wait for the next one";
                self.not_proven(tx, caller, &counted, ("code", words)).await
            }
        }
    }

    async fn not_proven<T>(
        &self,
        mut tx: Tx,
        caller: &Caller,
        counted: &Counted,
        (field, words): (&str, &str),
    ) -> Result<T> {
        counted.count(&mut tx, self.clock.now()).await?;
        self.happened(&mut tx, caller, Happening::SignInRefused).await?;
        tx.commit().await?;
        Err(Error::invalid(field, "wrong", words))
    }
}

/// The caller's own account: machine clients have none.
pub(super) fn own_account(caller: &Caller) -> Result<(Scope, UserId)> {
    let scope = permit(caller, Action::KeepOwnAccount)?;
    match caller.subject {
        Subject::User(user) => Ok((scope, user)),
        Subject::Client(_) => Err(policy::Denied(Action::KeepOwnAccount).into()),
    }
}

/// The step whose code this is, when it was not used before.
pub(super) fn step_of(factor: &SecondFactor, code: &str, now: Instant) -> Option<i64> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    one_time_step(&factor.secret, &code, now.micros().div_euclid(1_000_000), factor.last_step)
}

/// Takes a code once: of the authenticator, or a recovery code. A wrong one is counted; the caller
/// commits and refuses. The factor is held by this transaction.
pub(super) async fn take_code(tx: &mut Tx, factor: &SecondFactor, code: &str, now: Instant) -> Result<Code> {
    if let Some(code) = recovery_code(code) {
        if tx.use_recovery_code(factor.user, &code, now).await? {
            return Ok(Code::Recovery { left: tx.recovery_codes_left(factor.user).await? });
        }
        return Ok(Code::Wrong);
    }
    not_before(factor.locked_until, now)?;
    if let Some(step) = step_of(factor, code, now)
        && tx.use_step(factor, step).await?
    {
        return Ok(Code::Right);
    }
    tx.count_wrong_code(factor, now.plus(CODE.wait_after(factor.failures + 1))).await?;
    Ok(Code::Wrong)
}

/// A recovery code as it is kept, when the text has the form of one: it is never taken for the
/// code of an authenticator, and the other way round.
fn recovery_code(text: &str) -> Option<String> {
    let letters: String = text
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    (letters.len() == chance::RECOVERY_LETTERS && letters.len() > DIGITS).then_some(letters)
}

/// Ten fresh recovery codes in the place of the old ones, as they are shown.
pub(super) async fn fresh_codes(tx: &mut Tx, user: UserId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..CODES).map(|_| chance::recovery_code()).collect();
    let kept: Vec<String> = codes.iter().filter_map(|code| recovery_code(code)).collect();
    tx.set_recovery_codes(user, &kept).await?;
    Ok(codes)
}

/// Tells a person something about the own account, by mail too.
pub(crate) async fn tell(tx: &mut Tx, user: &User, subject: &str, text: String, now: Instant) -> Result<()> {
    let tell = Tell {
        kind: NoticeKind::Account,
        subject: subject.to_owned(),
        text,
        link: "/account".to_owned(),
        key: format!("account {}", chance::secret()),
    };
    notices::tell(tx, user.organisation, &Audience::Users(vec![user.id]), tell, now).await
}

/// What an authenticator reads: the address of the key, as a picture and to be typed.
pub(super) fn setup_of(factor: &SecondFactor, mail: &str) -> Result<SecondFactorSetup> {
    let secret = base32(&factor.secret);
    let account: String = mail.bytes().map(escaped).collect();
    let address = format!("otpauth://totp/{ISSUER}:{account}?secret={secret}&issuer={ISSUER}");
    let code = QrCode::encode_text(&address, QrCodeEcc::Medium)
        .map_err(|error| Error::Internal(format!("drawing a QR code: {error}")))?;
    let groups: Vec<String> =
        secret.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect();
    Ok(SecondFactorSetup {
        secret: groups.join(" "),
        picture: format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawn(&code))),
        address,
    })
}

fn escaped(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"-._~@".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

/// The code as SVG: dark on light in either theme, with the quiet zone that readers want.
fn drawn(code: &QrCode) -> String {
    const QUIET: i32 = 4;
    let side = code.size() + 2 * QUIET;
    let squares: String = (0..code.size())
        .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
        .filter(|(x, y)| code.get_module(*x, *y))
        .map(|(x, y)| format!("M{},{}h1v1h-1z", x + QUIET, y + QUIET))
        .collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{squares}\" fill=\"#000\"/></svg>"
    )
}
