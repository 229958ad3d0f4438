//! The chores of this repository: `cargo xtask demo`, `cargo xtask test`, `cargo xtask bench`, `cargo xtask fuzz`,
//! `cargo xtask interop`.
//!
//! On a machine with Rust and Node.js they do all set-up themselves, and say exactly what to install
//! where they cannot. They never weaken what they check: a step that could not run is counted as
//! skipped, with the reason, and never as passed.
//! One file per verb (`demo`, `test`, `bench`, `fuzz`, `interop`); what machines must have is in `setup/`; the checks of
//! the house itself (`architecture`, `names`, `size`) are pure functions over what was read.

mod architecture;
mod bench;
mod command;
mod counts;
mod demo;
mod fuzz;
mod interop;
mod names;
mod report;
mod setup;
mod size;
mod sources;
mod test;
mod ui;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "The chores of this repository", disable_help_subcommand = true)]
struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Build pages and binary, then start a node on loopback with the demonstration data
    Demo(demo::Demo),
    /// Run format, lints, unit, store, API and browser tests on both databases
    Test(test::Test),
    /// Run the benchmarks of the workspace, on both databases
    Bench(bench::Bench),
    /// Feed spoilt input to everything that parses what others wrote
    Fuzz(fuzz::Fuzz),
    /// Show what we write to the tools of others: the OASIS STIX validator and PyMISP
    Interop(interop::Interop),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().verb {
        Verb::Demo(demo) => demo::run(&demo),
        Verb::Test(test) => test::run(&test),
        Verb::Bench(bench) => bench::run(&bench),
        Verb::Fuzz(fuzz) => fuzz::run(&fuzz),
        Verb::Interop(interop) => interop::run(&interop),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}
