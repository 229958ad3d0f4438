//! What the caller was told.

use model::{Caller, NoticeId, Subject, UserId};
use policy::{Action, permit};
use store::Notice;

use crate::{
    Service,
    error::Result,
    view::{NoticeList, NoticeView, ReadNotices},
};

/// The most notices of a page.
const MOST: u32 = 100;

impl Service {
    /// The notices of the caller, the latest first. A machine client is told nothing.
    ///
    /// # Errors
    /// [`crate::Error::Denied`].
    pub async fn notices(&self, caller: &Caller, before: Option<NoticeId>, limit: u32) -> Result<NoticeList> {
        let scope = permit(caller, Action::ReadNotices)?;
        let Some(user) = person(caller) else {
            return Ok(NoticeList { unread: 0, notices: vec![], next: None });
        };
        let limit = limit.clamp(1, MOST);
        let mut tx = self.store.read().await?;
        let mut notices = tx.notices(&scope, user, before, limit + 1).await?;
        let more = notices.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        notices.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(NoticeList {
            unread: tx.unread_notices(&scope, user).await?,
            next: notices.last().filter(|_| more).map(|last| last.id),
            notices: notices.into_iter().map(view).collect(),
        })
    }

    /// Marks notices of the caller as read; those of others are not touched. Again is no harm.
    ///
    /// # Errors
    /// [`crate::Error::Denied`]; [`crate::Error::Invalid`] for too many at once.
    pub async fn read_notices(&self, caller: &Caller, read: ReadNotices) -> Result<NoticeList> {
        let scope = permit(caller, Action::ReadNotices)?;
        if read.ids.len() > 500 {
            return Err(crate::Error::invalid("ids", "count", "up to 500 notices are marked at once"));
        }
        if let Some(user) = person(caller) {
            let mut tx = self.store.write().await?;
            tx.read_notices(&scope, user, &read.ids, self.clock.now()).await?;
            tx.commit().await?;
        }
        self.notices(caller, None, 20).await
    }
}

/// The person behind a call; none behind a machine.
pub(crate) const fn person(caller: &Caller) -> Option<UserId> {
    match caller.subject {
        Subject::User(user) => Some(user),
        Subject::Client(_) => None,
    }
}

fn view(notice: Notice) -> NoticeView {
    NoticeView {
        id: notice.id,
        kind: notice.text.kind,
        subject: notice.text.subject,
        text: notice.text.text,
        link: notice.text.link,
        at: notice.at,
        read: notice.read_at.is_some(),
    }
}
