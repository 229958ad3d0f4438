//! The binary `beffroi`: configuration, wiring, subcommands, worker loop.
//!
//! Only this crate reads the configuration, the environment and the command line, and only here do errors
//! lose their type (`anyhow`): what a use case answers is decided in `service`, how it looks over HTTP in
//! `web`. Every subcommand is one file under `commands/`. It exits with 0 when all is fine, with 1 when it
//! found errors or a difference or could not do its work, with 2 on bad usage or unreadable input.

mod archive;
mod cli;
mod commands;
mod config;
mod demonstration;
mod laws;
mod log;
mod master_key;
mod open;
mod output;
mod packs;
mod serving;
mod worker;

use std::process::ExitCode;

use clap::Parser;

/// A third of a conversion went into the allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    arm_fail_point();
    let arguments = cli::Arguments::parse();
    match commands::run(arguments).await {
        Ok(outcome) => outcome.into(),
        Err(error) => output::report(&error),
    }
}

/// Crash tests say by `BEFFROI_FAIL_POINT` where the process is to die; a release build does not ask.
fn arm_fail_point() {
    if cfg!(debug_assertions)
        && let Ok(name) = std::env::var("BEFFROI_FAIL_POINT")
    {
        service::fail::arm(name);
    }
}
