// Starting and stopping the real binary. Only processes started here are ended, each by its own id.
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const ROOT = resolve(fileURLToPath(new URL("../..", import.meta.url)));
const BINARY = process.env.BEFFROI ?? join(ROOT, "target/debug/beffroi");
/** A debug build hashes the passwords of the demonstration slowly. */
const START_WITHIN = 120_000;

/** A law that no program was built with. */
export const INVENTED_LAW = join(ROOT, "crates/regime/tests/fictitious-law");

/** @typedef {{ code: number, out: string, err: string }} Ran */
/**
 * A running node and its folder.
 * @typedef {object} RunningNode
 * @property {string} address `http://127.0.0.1:PORT`
 * @property {string} folder for files of the test; removed at the end
 * @property {(...args: string[]) => Promise<Ran>} beffroi runs a command on the same data
 * @property {() => Promise<void>} stop ends the node and removes its folder
 */

/** A node with the demonstration data. @returns {Promise<RunningNode>} */
export async function startDemo() {
  const folder = await mkdtemp(join(tmpdir(), "beffroi-e2e-"));
  const data = join(folder, "demo");
  return started(folder, ["demo", "--port", "0", "--data", data], ["--config", join(data, "beffroi.toml")]);
}

/**
 * A node on an empty database with a key of its own.
 * @param {string[]} options for every command, such as `--regimes DIR`
 * @param {(beffroi: RunningNode["beffroi"]) => Promise<void>} prepare what is entered before it serves
 * @returns {Promise<RunningNode>}
 */
export async function startEmpty(options, prepare) {
  const folder = await mkdtemp(join(tmpdir(), "beffroi-e2e-"));
  const configuration = join(folder, "beffroi.toml");
  await writeFile(
    configuration,
    "[listen]\naddress = '127.0.0.1:0'\n[database]\nurl = 'sqlite:data/beffroi.sqlite'\n" +
      "[keys]\nmaster_key_file = 'key'\n[log]\nlevel = 'warn'\n",
  );
  const common = ["--config", configuration, ...options];
  const beffroi = commandOn(common);
  must(await beffroi("key", "generate", join(folder, "key")));
  must(await beffroi("migrate"));
  await prepare(beffroi);
  return started(folder, [...common, "--json", "serve"], common);
}

/** The output of a command that has to end with 0. @param {Ran} ran */
export function must(ran) {
  if (ran.code !== 0) throw new Error(`beffroi ended with ${ran.code}: ${ran.err}${ran.out}`);
  return ran.out;
}

/** @param {string[]} common */
function commandOn(common) {
  return async (/** @type {string[]} */ ...args) => {
    try {
      const { stdout, stderr } = await promisify(execFile)(BINARY, [...common, ...args], { env: environment() });
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      if (typeof error.code !== "number") throw error;
      return { code: error.code, out: error.stdout, err: error.stderr };
    }
  };
}

/** The environment without what a developer has set for a node of their own. */
function environment() {
  const { BEFFROI_CONFIG: _config, BEFFROI_MASTER_KEY: _key, BEFFROI_FAIL_POINT: _fail, ...rest } = process.env;
  return rest;
}

/** @param {string} folder @param {string[]} args @param {string[]} common */
async function started(folder, args, common) {
  const child = spawn(BINARY, args, { cwd: folder, env: environment(), stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((tell) => child.once("exit", tell));
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const address = await addressOf(child);
    return { address, folder, beffroi: commandOn(common), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * Waits until the node has said where it serves.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {Promise<string>}
 */
function addressOf(child) {
  return new Promise((found, fail) => {
    let said = "";
    const late = setTimeout(() => fail(new Error(`the node did not start in time: ${said}`)), START_WITHIN);
    const hear = (/** @type {Buffer} */ bytes) => {
      said += bytes;
      const address = /https?:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (!address) return;
      clearTimeout(late);
      found(address);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (bytes) => (said += bytes));
    child.once("error", fail);
    child.once("exit", (code) => {
      clearTimeout(late);
      fail(new Error(`the node ended with ${code}: ${said}`));
    });
  });
}
