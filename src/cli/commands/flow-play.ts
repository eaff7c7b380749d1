import { type Command, Option } from 'commander'
import { systemClock } from '../../foundation/index.ts'
import type { SimulatedEvent, World } from '../../ivr/index.ts'
import type { Key } from '../../media/index.ts'
import type { Cli } from '../cli.ts'
import { cityOf, flowIn, flowsIn, mustSpeak } from '../flow-folder.ts'
import { openMouth } from '../mouth.ts'
import { widthOf } from '../screen.ts'

type Given = {
  readonly sound?: boolean
  readonly at?: string
  readonly elder?: boolean
  readonly language?: string
  readonly caller?: string
  readonly waiting?: string
  readonly queue?: string
  /** What `queue` was called. */
  readonly line?: string
  readonly answersAfter: string
  readonly fail?: readonly string[]
}

/** What an ordinary house does for its callers; a call in the terminal can fail each. */
const actions: World['actions'] = {
  status: { status: 'handling' },
  text: {},
  captions: { code: '12345678' },
}

export function addFlowPlay(flow: Command, cli: Cli): void {
  const words = cli.words.flow.play
  flow
    .command('play')
    .description(words.about)
    .argument('<flow>', words.flow)
    .argument('[dir]', cli.words.flow.directory)
    .option('--sound', words.sound)
    .option('--elder', words.elder)
    .option('--at <time>', words.at)
    .option('--language <language>', words.language)
    .option('--caller <number>', words.caller)
    .option('--waiting <callers>', words.waiting)
    .option('--queue <queue>', words.queue)
    .addOption(new Option('--line <queue>', words.queue).hideHelp())
    .option('--answers-after <time>', words.answersAfter, '10s')
    .option('--fail <what...>', words.fail)
    .action(async (name: string, dir: string | undefined, given: Given) => {
      const { readWorld, startConversation } = await import('../../ivr/index.ts')
      const set = await flowsIn(cli, dir)
      flowIn(set, name)
      const world = readWorld(worldWords(given), await cityOf(cli))
      mustSpeak(set, world.language)
      const mouth = given.sound ? await openMouth(set, world.language, cli) : undefined
      const isForPrograms = flow.optsWithGlobals().json === true
      const told: SimulatedEvent[] = []
      const hungUp = new AbortController()

      if (!isForPrograms) cli.print(words.keys)
      const conversation = startConversation(set, name, world, {
        clock: systemClock,
        tell(happening) {
          told.push(happening)
          if (!isForPrograms) cli.print(tell(happening, cli))
        },
        speak: mouth ? mouth.speak : undefined,
        hush: mouth ? mouth.hush : undefined,
      })
      const typing = (async () => {
        for await (const typed of cli.typed(hungUp.signal)) {
          if (isKey(typed)) conversation.press(typed)
          if (typed === ' ') conversation.speak()
          if (typed === interrupt || typed === endOfInput) conversation.hangup()
        }
      })()
      await conversation.over
      hungUp.abort()
      await typing
      await mouth?.close()
      cli.answer(told, words.over)
    })
}

/** What a terminal in raw mode gives for Ctrl-C and Ctrl-D. */
const interrupt = '\u0003'
const endOfInput = '\u0004'

const isKey = (typed: string): typed is Key => /^[0-9*#]$/.test(typed)

/** The options in the words of a call file. */
function worldWords({ sound: _, fail = [], waiting, line, queue = line, ...given }: Given): object {
  const broken = (name: string) => fail.includes(name)
  const working = Object.entries(actions).filter(([name]) => !broken(name))
  return {
    ...given,
    queue,
    waiting: waiting === undefined ? undefined : Number(waiting),
    actions: Object.fromEntries(working),
    fails: fail.filter(name => !(name in actions)),
  }
}

/** `00:03.2  hears  …` */
function tell(happening: SimulatedEvent, { words }: Cli): string {
  const { by, does } = words.flow.play
  const widest = Math.max(...Object.values(does).map(widthOf))
  const what = does[happening.kind]
  const detail = detailOf(happening, by)
  return `${timeOf(happening.atMs)}  ${what}${' '.repeat(widest - widthOf(what))}  ${detail}`.trimEnd()
}

function detailOf(happening: SimulatedEvent, by: Readonly<Record<string, string>>): string {
  switch (happening.kind) {
    case 'heard':
      return happening.text
    case 'pressed':
      return happening.key
    case 'queue':
      return happening.reason
    case 'transfer':
      return happening.number
    case 'action':
    case 'recording':
      return [
        happening.name,
        ...Object.entries(happening.values).map(([name, value]) => `${name}=${value}`),
      ].join(' ')
    case 'collected':
      return `${happening.name}=${happening.value}`
    case 'ended':
      return by[happening.by] ?? ''
    default:
      return ''
  }
}

function timeOf(ms: number): string {
  const seconds = (ms / 1000) % 60
  return `${String(Math.floor(ms / 60_000)).padStart(2, '0')}:${seconds.toFixed(1).padStart(4, '0')}`
}
