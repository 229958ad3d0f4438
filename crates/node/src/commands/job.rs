//! `beffroi job`: the work that waits, and what was put aside.

use clap::Subcommand;
use model::JobId;
use serde_json::json;
use service::Service;

use crate::output::{Outcome, Output, table};

/// The work that waits, and what was put aside.
#[derive(Debug, Subcommand)]
pub enum Job {
    /// How many jobs wait, and which were put aside, each with its reason.
    List,
    /// Try a job again that was put aside.
    Retry {
        /// The job, as the list names it.
        id: JobId,
    },
}

impl Job {
    /// Does what it says.
    ///
    /// # Errors
    /// A database that does not answer.
    pub async fn run(self, service: &Service, output: Output) -> anyhow::Result<Outcome> {
        match self {
            Self::List => {
                let queue = service.job_queue().await?;
                output.print(&queue, |queue| {
                    let rows: Vec<Vec<String>> = queue
                        .put_aside
                        .iter()
                        .map(|job| {
                            let tried = job.attempts.to_string();
                            vec![
                                job.id.to_string(),
                                job.kind.clone(),
                                job.created_at.to_string(),
                                tried,
                                job.reason.clone(),
                            ]
                        })
                        .collect();
                    let heads = ["id", "kind", "written", "tried", "why it was put aside"];
                    let waiting = format!(
                        "{} wait, the first for {} seconds beyond its turn; {} were put aside\n",
                        queue.waiting, queue.behind_seconds, queue.dead
                    );
                    if rows.is_empty() { waiting } else { format!("{waiting}\n{}", table(&heads, &rows)) }
                })?;
                Ok(Outcome::Fine)
            }
            Self::Retry { id } => {
                let tried = service.revive_job(id).await?;
                output.print(&json!({ "retried": tried }), |_| {
                    if tried { format!("{id} is tried again") } else { format!("no job {id} was put aside") }
                })?;
                Ok(if tried { Outcome::Fine } else { Outcome::Found })
            }
        }
    }
}
