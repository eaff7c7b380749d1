/** From and P-Asserted-Identity were believed from anyone, and whoever "rang us" was rung: a forged +882 number was dialled. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCallers, ordinaryCaller } from '../../src/callers/index.ts'
import { exampleCity } from '../../src/city/index.ts'
import { newId, silentLog, systemClock } from '../../src/foundation/index.ts'
import { flowActions } from '../../src/hall/flow-actions.ts'
import { openOrders } from '../../src/orders/index.ts'
import type { Database } from '../../src/storage/index.ts'
import { createCallRecords, createJournal, provedCaller } from '../../src/telephony/index.ts'
import { seat, shippedRules } from '../orders/rules-house.ts'
import { type BuiltHouse, openBuiltHouse } from '../support/built-house.ts'
import { openTables } from '../support/hotline.ts'
import { testLedger } from '../support/ledger.ts'
import { type CallerOptions, openCaller } from '../support/raw-caller.ts'
import type { CallShown } from '../support/running-hotline.ts'
import { shippedCatalogue } from '../support/shipped-catalogue.ts'

const number = '+8613800138000'
let turn = 0

describe('over a real socket, from a peer that nobody named', () => {
  let house: BuiltHouse
  beforeAll(async () => {
    house = await openBuiltHouse([], { TRUSTED_PEERS: '192.0.2.0/24' })
  }, 60_000)
  afterAll(() => house.close())

  it.each<[string, CallerOptions]>([
    ['From', { from: `<sip:${number}@127.0.8.1>` }],
    ['P-Asserted-Identity', { headers: [['P-Asserted-Identity', `<tel:${number}>`]] }],
    ['Remote-Party-ID', { headers: [['Remote-Party-ID', `<sip:${number}@127.0.0.1>;party=calling`]] }],
  ])('a number in %s is shown, and nothing is taken for theirs', async (_, given) => {
    const caller = await openCaller(house, `x${turn++}`, '127.0.8.1', given)
    expect(caller.status).toBe(200)
    const { call, timeline } = (await house.newestCall()) as CallShown
    expect(timeline[0]?.fact).toMatchObject({ kind: 'invited', isProved: false })
    const demand = { call: call.id, category: 'heating', matter: '不热', place: '3号楼', street: '望京街道' }
    const { contact, order } = await house.orderDesk.make(demand, seat)
    expect(['unverified', 'none']).toContain(contact.mode)
    expect(order.elder).toBe(false)
    caller.hangsUp()
    await expect.poll(async () => (await house.newestCall())?.call.state).toBe('ended')
    caller.close()
  })
})

/** In process: marks of callers and the journal are written there as a day at the hotline writes them. */
describe('a number that is only said to ring', () => {
  let database: Database
  let journal: ReturnType<typeof createJournal>
  beforeAll(async () => {
    database = await openTables()
    journal = createJournal({ database, clock: systemClock, log: silentLog, node: 'test' })
  }, 120_000)
  afterAll(async () => {
    await journal.close()
    await database.close()
  })

  const rings = (caller: string, isProved?: false) => {
    const id = newId('call')
    journal.write(id, { kind: 'invited', line: 'sip', direction: 'in', caller, called: '12345', isProved })
    return id
  }
  async function office() {
    const shared = { database, clock: systemClock, log: silentLog }
    const calls = createCallRecords({ database, journal })
    const callers = createCallers(shared)
    const orders = openOrders({
      ledger: testLedger,
      ...shared,
      calls,
      callers,
      jobs: { enqueue: async () => true },
      city: exampleCity,
      catalogue: await shippedCatalogue(),
      rules: await shippedRules(),
      dataDir: '/nowhere',
      send: async () => undefined,
    })
    return { calls, callers, orders, close: () => Promise.all([orders.close(), callers.close()]) }
  }
  const demand = { category: 'heating', matter: '暖气不热', place: '3号楼', street: '望京街道', anyway: true }

  it('does not become one that is rung, gives no earlier orders and no marks', async () => {
    const { calls, callers, orders, close } = await office()
    const theirs = '+8613911110001'
    await callers.mark(theirs, { elder: true, language: 'en' })
    await orders.make({ ...demand, caller: theirs, contact: { mode: 'none' } }, seat)
    const call = rings(theirs, false)
    const made = await orders.make({ ...demand, call }, seat)
    expect(made.contact).toEqual({ mode: 'unverified', number: theirs })
    expect(made.order).toMatchObject({ elder: false, language: 'zh-CN' })
    expect((await orders.list({ call, limit: 10 }, seat)).lines).toEqual([])
    expect(await calls.hasRung(theirs)).toBe(false)
    expect((await calls.find(call))?.call.proved).toBe(false)
    await close()
  })

  it.each(['+8823990000000', '+19005551234', '+8613911110002'])(
    '%s becomes one once it is proved, and not before',
    async caller => {
      const { calls, orders, close } = await office()
      rings(caller, false)
      await calls.list({ limit: 1 } as never)
      expect(await calls.hasRung(caller)).toBe(false)
      const call = rings(caller)
      const made = await orders.make({ ...demand, call }, seat)
      expect(made.contact).toEqual({ mode: 'voice', number: caller })
      await close()
    },
  )

  it.each([
    ['to the number itself', { to: number, text: 'x' }],
    ['to another that was keyed in', { to: '+8613900139000', text: 'x' }],
    ['with a link', { to: number, text: '{link}', template: 'captions' }],
  ])('is sent no text, %s', async (_, args) => {
    const sent: string[] = []
    const actions = flowActions({
      captions: { turnOn: () => undefined, whenSaid: () => undefined },
      texts: { send: async ({ to }) => void sent.push(to) },
      orderStatus: undefined,
      publicUrl: () => 'https://x',
    })({ captions: async () => ({ url: 'https://x' }) })
    const call = { id: newId('call'), direction: 'in', caller: number, called: '12345', isProved: false }
    await expect(
      actions.text?.(call as never, args, new AbortController().signal) ?? Promise.resolve(),
    ).rejects.toMatchObject({ code: 'proof-missing' })
    expect(sent).toEqual([])
    await actions.text?.({ ...call, isProved: undefined } as never, args, new AbortController().signal)
    expect(sent).toHaveLength(1)
  })

  it('is nobody: an ordinary caller', async () => {
    const { callers, close } = await office()
    const call = { direction: 'in', caller: number, called: '12345', isProved: false } as const
    await callers.mark(number, { elder: true })
    expect(await callers.find(provedCaller(call))).toEqual(ordinaryCaller)
    expect(await callers.find(provedCaller({ ...call, isProved: undefined }))).toMatchObject({ elder: true })
    await close()
  })
})
