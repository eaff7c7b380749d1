import { Fault, reasonOf, systemClock, withDeadline } from '../../foundation/index.ts'
import { type AddCommands, type Cli, exit, faultsOf } from '../cli.ts'

/** An operator who stops the hotline waits no longer than this. */
const closeMs = 5_000
/** What a shell says of a program that was interrupted: 128 and SIGINT's number. */
const interrupted = 130

export const addStartCommand: AddCommands = (program, cli) => {
  program
    .command('start')
    .description(cli.words.start.about)
    .action(async () => cli.exitWith(await start(cli)))
}

async function start(cli: Cli): Promise<number> {
  const words = cli.words.start
  const { startHotline } = await import('../../main.ts')
  const house = await startHotline(cli.env, cli.print).catch((error: unknown) => {
    cli.explain(error)
    return faultsOf(error).length > 0 ? exit.wrong : exit.refused
  })
  if (typeof house === 'number') return house

  const code = await untilStopped(cli)
  try {
    await withDeadline(systemClock, closeMs, house.close(), late)
  } catch (error) {
    cli.complain(
      error instanceof Fault && error.code === 'close-late' ? words.late : words.crashed(reasonOf(error)),
    )
    return exit.refused
  }
  cli.print(words.stopped)
  return code
}

/** Resolves with the exit code when the operator, the system or an error that nobody caught ends it. */
function untilStopped(cli: Cli): Promise<number> {
  const words = cli.words.start
  return new Promise(resolve => {
    let stopping = false
    const stop = () => {
      if (stopping) process.exit(interrupted)
      stopping = true
      cli.print(words.stopping)
      resolve(exit.done)
    }
    const crash = (error: unknown) => {
      cli.complain(words.crashed(reasonOf(error)))
      resolve(exit.refused)
    }
    process.on('SIGINT', stop).on('SIGTERM', stop)
    process.on('unhandledRejection', crash).on('uncaughtException', crash)
  })
}

const late = () =>
  new Fault({
    code: 'close-late',
    place: 'start',
    found: `parts still open after ${closeMs} ms`,
    expected: 'all closed',
  })
