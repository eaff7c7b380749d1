import type {
  ErasureShown,
  OrderDetail,
  OrderPage,
  OrderSummary,
  SuggestedUnit,
  SuggestedUnits,
} from '../../http/contract.ts'
import type { AddCommands, Cli } from '../cli.ts'
import { type Names, namesIn, type People, peopleIn } from '../names.ts'
import { table } from '../screen.ts'
import { signedIn } from '../signed.ts'
import { type Times, timesIn } from '../times.ts'

type Filters = {
  readonly unit?: string
  readonly stage?: string
  readonly light?: string
  readonly returned?: true
  readonly caller?: string
  readonly limit?: string
  readonly after?: string
}

export const addOrderCommands: AddCommands = (program, cli) => {
  const words = cli.words.orders
  const orders = program
    .command('orders')
    .description(words.about)
    .option('--unit <unit>', words.unit)
    .option('--stage <stage>', words.stage)
    .option('--light <light>', words.light)
    .option('--returned', words.returned)
    .option('--caller <number>', words.caller)
    .option('--limit <n>', words.limit, '20')
    .option('--after <next>', words.after)
    .action(async ({ returned, ...filters }: Filters) => {
      const names = await namesIn(cli)
      const query = new URLSearchParams({ ...filters, ...(returned && { returned: 'true' }) })
      if (filters.unit !== undefined) query.set('unit', names.unitId(filters.unit))
      const page = await cli.hotline.get<OrderPage>(`/orders?${query}`)
      const times = await timesIn(cli)
      const rows = page.orders.map(order => rowOf(order, names, times, cli))
      const lines = rows.length === 0 ? [words.none] : [table(words.head, rows)]
      if (page.next !== undefined) lines.push('', words.more(page.next))
      cli.answer(page, [...lines, ...times.note()].join('\n'))
    })

  orders
    .command('show')
    .description(words.showAbout)
    .argument('<number>', words.number)
    .action(async (number: string) => {
      const detail = await cli.hotline.get<OrderDetail>(`/orders/${encodeURIComponent(number)}`)
      cli.answer(
        detail,
        storyOf(detail, await namesIn(cli), await peopleIn(cli), await timesIn(cli), cli).join('\n'),
      )
    })

  orders
    .command('units')
    .description(words.unitsAbout)
    .argument('<number>', words.number)
    .action(async (number: string) => {
      const found = await cli.hotline.get<SuggestedUnits>(`/orders/${encodeURIComponent(number)}/units`)
      const rows = found.suggested.map(one => unitRow(one, cli))
      const said = rows.length === 0 ? words.noUnits : table(words.unitsHead, rows)
      cli.answer(found, [words.waitsBecause[found.because], '', said].join('\n'))
    })

  orders
    .command('dispatch')
    .description(words.dispatchAbout)
    .argument('<number>', words.number)
    .requiredOption('--unit <unit>', words.toUnit)
    .option('--kind <code>', words.kindCode)
    .option('--words <text>', words.note)
    .requiredOption('--as <name>', words.signer)
    .action(async (number: string, { unit, as, ...told }: Signer & Dispatched) => {
      const names = await namesIn(cli)
      const act = { do: 'dispatch', unit: names.unitId(unit), ...told }
      const detail = await signedIn(cli, as, hotline =>
        hotline.post<OrderDetail>(`/orders/${encodeURIComponent(number)}/acts`, act),
      )
      cli.answer(detail, words.dispatched(number, names.unit(detail.order.unit)))
    })

  orders
    .command('erase')
    .description(words.eraseAbout)
    .argument('<number>', words.number)
    .requiredOption('--because <reason>', words.because)
    .requiredOption('--as <name>', words.signer)
    .action(async (number: string, { because, as }: Signer & { readonly because: string }) => {
      await post(number, '', { because }, as)
      cli.answer({ asked: number }, words.eraseAsked(number))
    })

  orders
    .command('agree')
    .description(words.agreeAbout)
    .argument('<number>', words.number)
    .requiredOption('--as <name>', words.signer)
    .option('--refuse', words.refuse)
    .action(async (number: string, { refuse, as }: Signer & { readonly refuse?: true }) => {
      const agreed = refuse !== true
      await post(number, '/decision', { agreed }, as)
      cli.answer({ decided: number, agreed }, agreed ? words.erased(number) : words.stays(number))
    })

  orders
    .command('erasures')
    .description(words.erasuresAbout)
    .action(async () => {
      const answer = await cli.hotline.get<{ erasures: readonly ErasureShown[] }>('/orders/erasures')
      const times = await timesIn(cli)
      const people = await peopleIn(cli)
      const rows = answer.erasures.map(one => erasureRow(one, people, times, cli))
      const said = rows.length === 0 ? words.noErasures : table(words.erasureHead, rows)
      cli.answer(answer, [said, ...times.note()].join('\n'))
    })

  const post = (number: string, path: string, body: object, as: string) =>
    signedIn(cli, as, hotline => hotline.post(`/orders/${encodeURIComponent(number)}/erasure${path}`, body))
}

type Signer = { readonly as: string }
type Dispatched = { readonly unit: string; readonly kind?: string; readonly words?: string }

function unitRow(
  { unitName, kindName = '', because, row, sure, weighed }: SuggestedUnit,
  { words: { orders: words } }: Cli,
): string[] {
  const share = sure === undefined ? '' : `${Math.round(sure * 100)} %`
  return [unitName, kindName, words.suggested[because], row.join('、'), share, weighed.join('、')]
}

const inGroups = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')

function erasureRow(
  { order, because, askedBy, askedAtMs, erased }: ErasureShown,
  people: People,
  times: Times,
  { words: { orders: words } }: Cli,
): string[] {
  return [
    inGroups(order),
    because === undefined ? words.forgotten : words.erasureReasons[because],
    askedBy === undefined ? '' : people.called(askedBy),
    askedAtMs === undefined ? '' : times.minute(askedAtMs),
    erased === undefined ? words.waits : because === undefined ? '' : people.called(erased.by),
    erased === undefined ? '' : times.minute(erased.atMs),
  ]
}

function rowOf(order: OrderSummary, names: Names, times: Times, { words }: Cli): string[] {
  const { lights, stages, urgencies } = words.orders
  return [
    inGroups(order.number),
    lights[order.light],
    stages[order.stage],
    urgencies[order.urgency],
    names.about(order),
    names.unit(order.unit),
    order.dueAtMs === undefined ? '' : times.minute(order.dueAtMs),
    order.matter.length > 20 ? `${order.matter.slice(0, 20)}…` : order.matter,
  ]
}

/** The order in a line, its clocks, and what happened to it, one line an event. */
function storyOf(
  { order, contact, clocks, level, evidence, events }: OrderDetail,
  names: Names,
  people: People,
  times: Times,
  cli: Cli,
): string[] {
  const words = cli.words.orders
  return [
    table(words.head, [rowOf(order, names, times, cli)]),
    '',
    `${order.street} ${order.place}`,
    order.matter,
    words.contact(words.modes[contact.mode], contact.number ?? ''),
    ...(level > 0 ? [words.level(level)] : []),
    '',
    table(
      words.clockHead,
      clocks.map(({ name, startedAtMs, dueAtMs, doneAtMs, lateMs }) => [
        words.clocks[name],
        times.minute(startedAtMs),
        times.minute(dueAtMs),
        doneAtMs === undefined ? words.running : times.minute(doneAtMs),
        lateMs === 0 ? '' : words.late(Math.ceil(lateMs / 60_000)),
      ]),
    ),
    '',
    ...(evidence.length === 0
      ? []
      : [
          table(
            words.evidenceHead,
            evidence.map(({ name, type, bytes, hash }) => [name, type, String(bytes), hash]),
          ),
          '',
        ]),
    ...events.map(({ atMs, kind, by, data }) =>
      [
        times.minute(atMs),
        words.events[kind] ?? kind,
        by.unit === undefined ? '' : names.unit(by.unit),
        by.role === 'house' ? '' : (by.called ?? people.called(by.person)),
        sayingOf(kind, data, names, words),
      ]
        .filter(Boolean)
        .join('  '),
    ),
    ...times.note(),
  ]
}

/** What an event came to and what somebody wrote to it, on one line. */
function sayingOf(
  kind: string,
  data: OrderDetail['events'][number]['data'],
  names: Names,
  { clocks, values, days }: Cli['words']['orders'],
) {
  const meanings: typeof values = { clock: clocks, ...values }
  const meant = Object.entries(meanings).map(([field, words]) => words[String(data[field])])
  // A unit that is spoken of, and not the one that speaks.
  const asked = typeof data.words === 'string' ? data.unit : undefined
  const called = (name: (id: string) => string, id: unknown) => (typeof id === 'string' ? name(id) : '')
  const category = kind === 'reclassified' ? called(names.category, data.category) : ''
  const units = [data.target, asked].map(id => called(names.unit, id))
  const named = [category, ...units, data.person, data.phone, data.words]
  // The reason of an answer is the call it was spoken in, which is for machines.
  const reason = data.cycle === undefined ? data.reason : undefined
  return [
    ...meant,
    typeof data.percent === 'number' ? `${data.percent} %` : '',
    typeof data.days === 'number' && data.days > 0 ? days(data.days) : '',
    ...[...named, reason].map(value => (typeof value === 'string' ? value : '')),
  ]
    .filter(Boolean)
    .join(' · ')
    .replace(/\n.*/s, ' …')
}
