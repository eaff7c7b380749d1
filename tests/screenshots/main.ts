/**
 * `npm run screenshots`: a morning at the hotline, played by people over SIP and in Chromium on the built product, and
 * photographed for docs/pictures, so that what the documents show is what there is.
 */
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import { type Camera, openCamera } from './camera.ts'
import { type Answers, type Call, type City, openCity, until } from './city.ts'

type Demand = {
  readonly number: string
  readonly category: string
  readonly unit: string
  readonly matter: string
  readonly street: string
  readonly place: string
  /** Absent: it is not closed yet. */
  readonly answers?: Answers
}

const demands: readonly Demand[] = [
  ['13800138001', 'heating', 'heating', '暖气三天不热，室温 14 度', '望京街道', '花家地北里 6 号楼', '111'],
  ['13800138002', 'heating', 'heating', '管道漏水，停暖一天', '东湖街道', '利泽西园 112 号楼', '132'],
  ['13800138003', 'heating', 'heating', '暖气忽冷忽热', '望京街道', '南湖西园 213 号楼', '135'],
  ['13800138004', 'power-supply', 'power', '整栋楼停电', '回龙观街道', '龙腾苑 4 区', '111'],
  ['13800138005', 'power-supply', 'power', '晚高峰频繁跳闸', '霍营街道', '天鑫家园 9 号楼', '112'],
  ['13800138006', 'water-supply', 'water', '停水六小时没有通知', '古城街道', '古城南路 20 号院', '111'],
  ['13800138007', 'water-supply', 'water', '水管爆裂，路面积水', '八角街道', '杨庄东路路口', '122'],
  ['13800138008', 'street-light', 'city-management', '路灯不亮', '卢沟桥街道', '莲花池西里', '111'],
  ['13800138009', 'manhole-cover', 'city-management', '井盖缺失', '右安门街道', '翠林一里南门', '212'],
  ['13800138010', 'street-light', 'city-management', '小区外路灯坏了四盏', '方庄街道', '芳古园', undefined],
  ['13800138011', 'heating', 'heating', '老人独居，暖气不热', '望京街道', '望京西园四区 410 号楼', undefined],
  ['13800138012', 'power-supply', 'power', '电表箱冒火花', '回龙观街道', '云趣园 2 区', undefined],
  ['13800138013', 'water-supply', 'water', '水压低，五楼以上没水', '古城街道', '西路南里', undefined],
].map(([number = '', category = '', unit = '', matter = '', street = '', place = '', keys]) => ({
  number,
  category,
  unit,
  matter,
  street,
  place,
  answers: keys === undefined ? undefined : ([...keys] as unknown as Answers),
}))

type Seat = Awaited<ReturnType<City['seat']>>
type Act = Awaited<ReturnType<City['signIn']>>
type Made = { readonly order: { readonly number: string } }
type Campaigns = { readonly campaigns: readonly { readonly settled: Readonly<Record<string, number>> }[] }

const city = await openCity()
const camera = await openCamera(city.url)
try {
  await play(city, camera)
} finally {
  await camera.close()
  await city.close()
}

async function play(city: City, camera: Camera): Promise<void> {
  await city.hire('s1', '赵敏', 'seat')
  await city.hire('zhao', '赵班长', 'supervisor')
  for (const unit of ['heating', 'power', 'water', 'city-management'])
    await city.hire(unit, '王师傅', 'unit', unit)
  const seats = [await city.seat('08', '陈静'), await city.seat('11', '刘洋'), await city.seat('15', '周岚')]

  const orders = await callsBecomeOrders(city, seats)
  const open = await unitsWork(city, orders)
  await seatAndFloor(city, camera, seats)
  await phone(camera)
  await ordersOfUnit(camera, open)
  await surveys(city, camera)
}

/** The last of them rings twice: a seat that has them the second time sees the first. */
async function callsBecomeOrders(city: City, seats: readonly Seat[]): Promise<readonly string[]> {
  for (const seat of seats) await seat.ready()
  const orders: string[] = []
  for (const { answers, number, ...demand } of demands) {
    if (answers) city.answers.set(number, answers)
    const call = await city.rings(number, '12345', '0')
    await city.isConnected(call)
    const { unit: _, ...told } = demand
    const by = { role: 'seat', person: '08' }
    const { order } = await city.post<Made>('/orders', { call: call.id, ...told, by })
    orders.push(order.number)
    call.phone.hangup()
  }
  for (const seat of seats) await seat.away()
  return orders
}

/** Each unit signs for what it has, and closes what citizens are asked about. @returns an order that is still in hand */
async function unitsWork(city: City, orders: readonly string[]): Promise<string> {
  const hands = new Map<string, Act>()
  for (const unit of new Set(demands.map(({ unit }) => unit))) hands.set(unit, await city.signIn(unit))
  let inHand = ''
  for (const [at, { unit, answers, matter }] of demands.entries()) {
    const [order = '', act] = [orders[at], hands.get(unit)]
    // The last of all has just come in.
    if (!act || at === demands.length - 1) continue
    await act(order, { do: 'sign' })
    if (!answers && unit === 'heating') {
      inHand = order
      await act(order, { do: 'progress', words: '已派人上门，更换阀门的配件明早到', citizenKnows: true })
      await act(order, { do: 'ask-extension', days: 2, reason: '等配件' })
    }
    if (answers)
      await act(order, { do: 'close', result: 'solved', words: `已处理：${matter}`, evidence: ['维修单'] })
  }
  return inHand
}

/** One citizen speaks with a seat in the browser, others talk and wait; a supervisor looks on. */
async function seatAndFloor(city: City, camera: Camera, seats: readonly Seat[]): Promise<void> {
  const desk = await camera.signIn('s1', '/seat')
  await desk.getByRole('button', { name: /示闲/ }).waitFor()
  await desk.keyboard.press('F2')
  await desk.getByRole('status').getByText('示闲').waitFor()
  const caller = await city.rings('13800138013', '12345', '0')
  // A press that comes at once counts as the second of two taps.
  await desk.getByRole('button', { name: '接听', disabled: false }).waitFor()
  await desk.keyboard.press('F4')
  await city.isConnected(caller)
  for (const seat of seats.slice(0, 2)) await seat.ready()
  const others: Call[] = []
  for (const number of ['13800138021', '13800138022', '13800138023', '13800138024'])
    others.push(await city.rings(number, '12345', '0'))
  for (const number of ['13800138025', '13800138026']) others.push(await city.rings(number, '12346'))

  await types(desk, '您好，12345，请讲')
  await city.says(caller, '我家没有暖气了')
  await types(desk, '请问您家在哪里？')
  await city.says(caller, '是的在北区三号楼')
  await city.says(caller, '请您快来修')
  await desk.getByText('请您快来修').first().waitFor()
  await camera.shoot(desk, 'seat')

  const floor = await camera.signIn('zhao', '/floor')
  await floor.getByText('通话坐席').waitFor()
  await wait(2_500)
  await camera.shoot(floor, 'floor')
  const flows = await camera.signIn('zhao', '/flows')
  await flows.locator('.state').first().waitFor()
  await flows.setViewportSize({ width: 1440, height: 1400 })
  await flows.getByRole('button', { name: '看全图' }).click()
  await wait(1_500)
  await camera.shoot(flows, 'flows', flows.locator('.react-flow'))

  await writesDown(desk)
  await camera.shootPart(desk.getByRole('region', { name: '工单', exact: true }), 'order-form')
  for (const call of [caller, ...others]) call.phone.hangup()
  for (const page of [desk, floor, flows]) await page.context().close()
}

/** The order of the caller who is on the line, beside their words. */
async function writesDown(desk: Page): Promise<void> {
  const form = desk.getByRole('region', { name: '工单', exact: true })
  await form.getByRole('radio', { name: '求助' }).check()
  await form.getByLabel('诉求内容').fill('家里没有暖气，请尽快上门修理')
  await form.getByLabel('事项（必填）').fill('没暖气')
  await desk
    .getByRole('option', { name: /^暖气停供·/ })
    .first()
    .click()
  await form.getByRole('combobox', { name: /^街道/ }).fill('wj')
  await desk
    .getByRole('option', { name: /望京街道/ })
    .first()
    .click()
  await form.getByLabel('具体地点').fill('花家地北区 3 号楼')
  await form.getByText(/^派往 /).waitFor()
}

async function types(page: Page, line: string): Promise<void> {
  const typing = page.getByLabel(/打字给对方/)
  await typing.fill(line)
  await typing.press('Enter')
}

/** Somebody who cannot hear rings from the browser: a seat answers, and a line that is typed is spoken to it. */
async function phone(camera: Camera): Promise<void> {
  const page = await camera.open('/phone')
  await page.getByRole('button', { name: '拨打 12345' }).click()
  await page.getByRole('status').getByText('通话中', { exact: true }).waitFor()
  await page.getByText('您好，12345热线').first().waitFor()
  await page.getByText('号话务员').first().waitFor()
  await types(page, '我听不见，请打字告诉我怎么办')
  await page.getByText('已念出').first().waitFor()
  await camera.shoot(page, 'phone')
  await page.getByRole('button', { name: '挂断' }).click()
  await page.context().close()
}

async function ordersOfUnit(camera: Camera, order: string): Promise<void> {
  const list = await camera.signIn('zhao', '/orders')
  await list.locator('tbody tr').first().waitFor()
  await camera.shoot(list, 'orders')
  const one = await camera.signIn('heating', `/orders/${order}`)
  await one.getByText('已派人上门').first().waitFor()
  await camera.shoot(one, 'order')
  for (const page of [list, one]) await page.context().close()
}

/** Those who were rung have answered; two supervisors see about one order that its citizen took back. */
async function surveys(city: City, camera: Camera): Promise<void> {
  const asked = demands.filter(({ answers }) => answers).length
  const settled = async () => {
    const { campaigns } = await city.api<Campaigns>('/campaigns')
    return (campaigns[0]?.settled.answered ?? 0) >= asked
  }
  await until(settled, `${asked} citizens to answer`)
  const campaigns = await camera.signIn('zhao', '/campaigns')
  await campaigns.getByRole('row').nth(1).waitFor()
  await camera.shoot(campaigns, 'campaigns')
  const rates = await camera.signIn('zhao', '/rates')
  await rates.getByRole('cell').first().waitFor()
  await camera.shoot(rates, 'rates')
  for (const page of [campaigns, rates]) await page.context().close()
}
