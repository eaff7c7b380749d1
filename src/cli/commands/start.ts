import { setFlagsFromString } from 'node:v8'
import { crashText, Fault, reasonOf, systemClock, withDeadline } from '../../foundation/index.ts'
import { type AddCommands, type Cli, exit, faultsOf } from '../cli.ts'

/** An operator who stops the hotline waits no longer than this. */
const closeMs = 20_000
/** What a shell says of a program that was interrupted: 128 and SIGINT's number. */
const interrupted = 130

export const addStartCommand: AddCommands = (program, cli) => {
  program
    .command('start')
    .description(cli.words.start.about)
    .action(async () => cli.exitWith(await start(cli)))
}

/**
 * V8 lets the garbage of calls grow to several times of what is in use before it looks, and gives little of it back:
 * after 9,000 short calls the process held 644 MB, this way 400. It collects a little oftener instead. Not before all is
 * open: a start makes much that stays, and half of its time went to garbage.
 */
const thrifty = '--optimize-for-size'

async function start(cli: Cli): Promise<number> {
  const words = cli.words.start
  const { startHotline } = await import('../../main.ts')
  const house = await startHotline(cli.env, cli.print).catch((error: unknown) => {
    cli.explain(error)
    return faultsOf(error).length > 0 ? exit.wrong : exit.refused
  })
  if (typeof house === 'number') return house
  setFlagsFromString(thrifty)

  const { code, drains, hurry } = await untilStopped(cli)
  if (drains) await house.drain(hurry).catch(error => cli.complain(words.crashed(reasonOf(error))))
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

type Stop = {
  readonly code: number
  /** Whether calls may come to their end: an operator at the keyboard, and a crash, do not wait for them. */
  readonly drains: boolean
  /** Aborts when whoever stopped us asks a second time. */
  readonly hurry: AbortSignal
}

/** Resolves when the operator, the system or an error that nobody caught ends it. */
function untilStopped(cli: Cli): Promise<Stop> {
  const words = cli.words.start
  const hurry = new AbortController()
  return new Promise(resolve => {
    let signals = 0
    const stop = (signal: NodeJS.Signals) => {
      signals++
      const drains = signal === 'SIGTERM'
      // The first ends a hotline; the next one its calls; one more does not wait for anything.
      if (signals === 1) {
        cli.print(words.stopping)
        return resolve({ code: exit.done, drains, hurry: hurry.signal })
      }
      if (hurry.signal.aborted || !drains) process.exit(interrupted)
      hurry.abort()
    }
    const crash = (error: unknown) => {
      cli.complain(words.crashed(crashText(error)))
      resolve({ code: exit.refused, drains: false, hurry: hurry.signal })
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
