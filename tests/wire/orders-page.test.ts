/** `/orders` as units, seats and supervisors see it, over the real orders. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Member } from '../../src/staff/api.ts'
import { axeFaults, hasBrowser, scrollsSideways, takesUnit } from '../support/browser.ts'
import { type OrderPages, openOrderPages } from '../support/order-pages.ts'

const wang: Member = { name: 'wang', display: '王师傅', role: 'unit', unit: 'heating' }
const li: Member = { name: 'li', display: '李主任', role: 'supervisor' }
const sun: Member = { name: 'sun', display: '孙班长', role: 'supervisor' }
const zhao: Member = { name: 's1', display: '赵话务员', role: 'seat' }
const seat = { role: 'seat', person: 's1' } as const
const heating = { role: 'unit', person: 'wang', unit: 'heating' } as const
const demand = {
  category: 'heating',
  matter: '暖气三天不热，家里有老人',
  street: '望京街道',
  place: '幸福小区3号楼',
} as const

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')

const isDrawn = (image: { readonly naturalWidth?: number }) => (image.naturalWidth ?? 0) > 0

/** A file dragged onto the page from the desktop, as the browser itself is told of it. */
async function drop(page: Page, path: string) {
  const place = page.locator('.drop')
  await place.scrollIntoViewIfNeeded()
  const box = await place.boundingBox()
  const devtools = await page.context().newCDPSession(page)
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: (box?.x ?? 0) + 5,
      y: (box?.y ?? 0) + 5,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    })
}

describe.skipIf(!hasBrowser && process.env.CI !== 'true')('the page of orders in Chromium', () => {
  let pages: OrderPages
  let office: OrderPages['office']
  let page: Page

  beforeAll(async () => {
    pages = await openOrderPages()
    office = pages.office
  }, 240_000)
  afterAll(() => pages?.close())
  beforeEach(async () => {
    await page?.close()
    page = await pages.newPage()
  })

  const signsIn = (as: Member, path?: string) => pages.signsIn(page, as, path)
  async function isFitForAll(name: string) {
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}.png`, fullPage: true })
    expect(await axeFaults(page)).toEqual([])
    expect([await scrollsSideways(page, 360), await scrollsSideways(page, 640)]).toEqual([false, false])
    if (process.env.SCREENSHOTS)
      await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-narrow.png`, fullPage: true })
    await page.setViewportSize({ width: 1280, height: 900 })
  }

  const history = () => page.getByRole('region', { name: '办理经过' }).getByRole('listitem')

  it('lets a unit sign, report, ask for time and close, by keys alone, and shows its own orders only', async () => {
    const mine = await office.orderDesk.make({ ...demand }, seat)
    await office.orderDesk.make({ ...demand, category: 'road-damage', matter: '路上有坑' }, seat)
    await signsIn(wang)
    const lines = page.getByRole('region', { name: '工单' }).locator('tbody tr')
    await lines.first().waitFor()
    expect(await lines.count()).toBe(1)
    expect(await lines.first().textContent()).toMatch(/绿灯 还剩 24 小时.*待签收.*暖气三天不热/)
    await isFitForAll('orders-list')

    await lines.first().getByRole('link').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: '签收' }).waitFor()
    expect(page.url()).toBe(`${pages.url}/orders/${mine.order.number}`)
    await isFitForAll('order-waiting')
    await page.getByRole('button', { name: '签收' }).press('Enter')
    await page.getByText('办理中').waitFor()

    await page.locator('summary', { hasText: '填报进展' }).press('Enter')
    await page.getByRole('textbox', { name: '说明' }).first().fill('已派人上门')
    await page.getByText('已告知市民').click()
    await page.getByRole('button', { name: '填报进展' }).press('Enter')
    await history().getByText('已派人上门').waitFor()

    await page.locator('summary', { hasText: '办结' }).press('Enter')
    const closing = page.locator('details', { hasText: '佐证材料' })
    await closing.getByRole('textbox', { name: '说明' }).fill('已更换阀门')
    // What was reached is said, and not what stands first in a list.
    await closing.getByRole('button', { name: '办结' }).press('Enter')
    expect(await page.evaluate('document.activeElement.tagName')).toBe('SELECT')
    await closing.getByLabel('结果', { exact: true }).selectOption({ label: '已解决' })
    const evidence = page.getByRole('region', { name: '佐证材料', exact: true })
    const report = join(pages.folder, '工单.pdf')
    await writeFile(report, pdf)
    const photo = { name: '阀门.png', mimeType: 'image/png', buffer: png }
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      evidence.getByRole('button', { name: '选择文件' }).press('Enter'),
    ])
    await chooser.setFiles([
      photo,
      { name: '说明.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload=alert(1)>') },
    ])
    await evidence.getByText('说明.png：不是可接受的文件').waitFor()
    await evidence.getByText('已上传 1 个文件').waitFor()
    await drop(page, report)
    await evidence.getByRole('link', { name: '工单.pdf' }).waitFor()
    await evidence.getByRole('button', { name: '撤回 工单.pdf' }).press('Enter')
    await evidence.getByRole('link', { name: '工单.pdf' }).waitFor({ state: 'detached' })
    await drop(page, report)
    await evidence.getByRole('link', { name: '工单.pdf' }).waitFor()
    expect(await evidence.getByRole('link', { name: '阀门.png' }).locator('img').evaluate(isDrawn)).toBe(true)
    await isFitForAll('order-closing')
    await closing.getByRole('button', { name: '办结' }).press('Enter')
    await history().getByText('已更换阀门').waitFor()
    expect((await office.orderDesk.show(mine.order.number, seat)).order.stage).toBe('closed')
    // Nothing more can be done with it.
    expect(await page.getByRole('region', { name: '办理', exact: true }).count()).toBe(0)
  })

  it('shows a new order, and what colleagues do, without being asked again', async () => {
    const one = await office.orderDesk.make({ ...demand, matter: '一号楼不热' }, seat)
    await signsIn(wang)
    const line = (text: string) => page.locator('tbody tr').filter({ hasText: text })
    await line('一号楼不热').waitFor()
    // Nobody asks for a quarter of a minute.
    await office.orderDesk.make({ ...demand, matter: '二号楼也不热' }, seat)
    await line('二号楼也不热').waitFor({ timeout: 8_000 })
    await office.orderDesk.act(one.order.number, { do: 'sign' }, { ...heating, person: 'w2' })
    await line('一号楼不热').getByText('办理中').waitFor({ timeout: 8_000 })
    await line('一号楼不热').getByRole('link').click()
    await history().getByText('签收').waitFor()
    const words = '配件到了'
    await office.orderDesk.act(one.order.number, { do: 'progress', words, citizenKnows: false }, heating)
    await history().getByText(words).waitFor({ timeout: 8_000 })
  })

  it('says why a return is refused, and keeps what was written', async () => {
    const one = await office.orderDesk.make({ ...demand, matter: '暖气漏水' }, seat)
    await signsIn(wang, `/orders/${one.order.number}`)
    await page.locator('summary', { hasText: '申请退单' }).click()
    // Meanwhile a colleague signs for it.
    await office.orderDesk.act(
      one.order.number,
      { do: 'sign' },
      { role: 'unit', person: 'w2', unit: 'heating' },
    )
    // The page knows of it, and the form stays.
    await page.getByRole('button', { name: '签收' }).waitFor({ state: 'detached' })
    const form = page.locator('details[open]')
    await form.getByLabel('理由').selectOption({ label: '不属于本单位职责' })
    await takesUnit(form.getByRole('combobox', { name: '应由哪个单位办理' }), '街道办事处')
    await form.getByLabel('说明').fill('属于街道')
    await form.getByRole('button', { name: '申请退单' }).click()
    await form.getByRole('alert').getByText('不能退回：已签收').waitFor()
    expect(await form.getByLabel('说明').inputValue()).toBe('属于街道')
    expect((await office.orderDesk.show(one.order.number, seat)).order).toMatchObject({ unit: 'heating' })
  })

  it('tells a unit what its citizen answered, and why', async () => {
    const { order } = await office.orderDesk.make(
      { ...demand, category: 'power-supply', matter: '停电' },
      seat,
    )
    const power = { role: 'unit', person: 'w2', unit: 'power' } as const
    await office.orderDesk.act(order.number, { do: 'sign' }, power)
    const close = { do: 'close', result: 'solved', words: '已送电', evidence: [] } as const
    await office.orderDesk.act(order.number, close, power)
    const said = { contacted: 'yes', solved: 'no', rating: 5, reason: 'call_x', words: '还是没电' } as const
    await pages.database.transaction(tx =>
      office.orders.answered(tx, { order: order.number, cycle: 1, ...said }),
    )
    await signsIn(li, `/orders/${order.number}`)
    await history().getByText('联系过 · 没有解决 · 非常不满意 · “还是没电”').waitFor()
    expect(await page.getByText('call_x').count()).toBe(0)
  })

  it('shows the centre what units sent on, and lets it say what it is and whose', async () => {
    const one = await office.orderDesk.make({ ...demand, matter: '楼道漏水结冰' }, seat)
    const back = { do: 'return', ground: 'not-our-duty', target: 'street', words: '不是暖气' } as const
    await office.orderDesk.act(one.order.number, back, heating)
    await signsIn(li)
    await page.getByText('退单待审').first().click()
    const lines = page.getByRole('region', { name: '工单' }).locator('tbody tr')
    await lines.filter({ hasText: '楼道漏水结冰' }).waitFor()
    expect(await lines.count()).toBe(1)
    await lines.first().getByRole('link').click()
    await page.locator('summary', { hasText: '审核退单' }).press('Enter')
    const deciding = page.locator('details', { hasText: '审核退单' })
    await deciding.getByLabel('审核意见').selectOption({ label: '现场核实' })
    await deciding.getByLabel('说明').fill('两家都说不是')
    await deciding.getByRole('button', { name: '审核退单' }).press('Enter')
    await history().getByText('现场核实 · 两家都说不是').waitFor()
    await page.locator('summary', { hasText: '调整诉求分类' }).press('Enter')
    const form = page.locator('details', { hasText: '调整诉求分类' })
    await form.getByLabel('事项大类').selectOption({ label: '停水、水管爆裂' })
    await takesUnit(form.getByRole('combobox', { name: '承办单位' }), 'zls', '自来水集团')
    await form.getByLabel('理由（时限不变）').fill('水管冻裂')
    await isFitForAll('order-reclassify')
    await form.getByRole('button', { name: '调整诉求分类' }).press('Enter')
    await history().getByText('停水、水管爆裂 · 自来水集团 · 水管冻裂').waitFor()
    const { order } = await office.orderDesk.show(one.order.number, seat)
    expect(order).toMatchObject({ category: 'water-supply', unit: 'water', dueAtMs: one.order.dueAtMs })
  })

  it('says over an order what lists say of it: the kind that was chosen, and not its category', async () => {
    await office.orderDesk.make(
      { ...demand, category: undefined, kind: '01050203', matter: '只有我家停暖' },
      seat,
    )
    await signsIn(wang)
    const line = page.locator('tbody tr').filter({ hasText: '只有我家停暖' })
    await line.getByText('暖气停供·单户停暖').waitFor()
    await line.getByRole('link').click()
    await page.getByRole('heading', { name: '暖气停供·单户停暖' }).waitFor()
    expect(await page.getByText('暖气不热、停暖').count()).toBe(0)
  })

  it('shows another unit’s order to nobody else', async () => {
    const other = await office.orderDesk.make(
      { ...demand, category: 'food-safety', matter: '饭馆不干净' },
      seat,
    )
    await signsIn(wang, `/orders/${other.order.number}`)
    await page.getByText('这是别的单位的工单').waitFor()
    expect(await page.getByText('饭馆不干净').count()).toBe(0)
    await page.getByRole('button', { name: '返回列表' }).click()
    await page.getByRole('radio', { name: '已办结' }).waitFor()
  })

  it('opens an order by the number that somebody reads out, and lets a unit that helps name whom to ask', async () => {
    const { number } = (
      await office.orderDesk.make({ ...demand, category: 'night-works', matter: '连夜打桩' }, seat)
    ).order
    const housing = { role: 'unit', person: 'w3', unit: 'housing' } as const
    await office.orderDesk.act(number, { do: 'sign' }, housing)
    await signsIn(wang)
    const typed = page.getByRole('textbox', { name: '查找' })
    await typed.fill(`${number.slice(0, -1)}${(Number(number.at(-1)) + 1) % 10}`)
    await typed.press('Enter')
    await page.getByRole('alert').getByText('工单号有误，请核对').waitFor()
    await page.getByRole('button', { name: '返回列表' }).click()
    await typed.fill(`${number.slice(0, 6)} ${number.slice(6, 12)} ${number.slice(12)}`)
    await typed.press('Enter')
    await page.getByText('这是别的单位的工单').waitFor()
    // The lead asks them to help, and the page shows the order at once.
    await office.orderDesk.act(number, { do: 'grant', unit: 'heating', words: '管线由供热单位配合' }, housing)
    await page.getByText('连夜打桩').first().waitFor()
    await page.locator('summary', { hasText: '协办登记' }).click()
    await page.getByRole('textbox', { name: '联系人' }).fill('李工')
    await page.getByRole('textbox', { name: '电话' }).fill('010-1234 5678')
    await isFitForAll('order-help')
    await page.getByRole('button', { name: '协办登记' }).press('Enter')
    await history().getByText('李工 · 01012345678').waitFor()
    await page.context().clearCookies()
    await signsIn({ ...wang, unit: 'housing' }, `/orders/${number}`)
    await page.getByText('供热单位 李工 01012345678').waitFor()
  })

  it('lets a seat add what a caller says who rings again, with the call it is said in', async () => {
    await pages.rings('call_again', '+8613900139007')
    const { order } = await office.orderDesk.make({ ...demand, caller: '+8613900139007' }, seat)
    await signsIn(zhao, '/orders/new?call=call_again')
    await page.getByRole('region', { name: '此人其他工单' }).getByRole('link').click()
    await page.locator('summary', { hasText: '补充来电内容' }).click()
    await page.getByRole('textbox', { name: '说明' }).fill('还是不热')
    await page.getByRole('button', { name: '补充来电内容' }).click()
    await history().getByText('还是不热').waitFor()
    const { events } = await office.orderDesk.show(order.number, seat)
    expect(events.at(-1)).toMatchObject({ kind: 'added', data: { words: '还是不热', call: 'call_again' } })
  })

  it('lets a supervisor grant an extension, and a seat write an order down', async () => {
    const one = await office.orderDesk.make({ ...demand, matter: '锅炉要换' }, seat)
    await office.orderDesk.act(one.order.number, { do: 'sign' }, heating)
    await office.orderDesk.act(one.order.number, { do: 'ask-extension', days: 3, reason: '等配件' }, heating)
    await signsIn(li, `/orders/${one.order.number}`)
    await page.locator('summary', { hasText: /^同意延期/ }).click()
    await page.getByRole('textbox', { name: '说明' }).first().fill('同意')
    await page.getByRole('button', { name: '同意延期', exact: true }).click()
    await history().getByText('延期审批').waitFor()
    await page.getByText('还剩 4 天').waitFor()

    await page.context().clearCookies()
    await signsIn(zhao, '/orders/new')
    await page.getByRole('combobox', { name: /^事项/ }).fill('居民供电 停电')
    await page.locator('.searched-item').first().click()
    await page.getByText(/^派往 .*前办结/).waitFor()
    await page.getByLabel('紧急程度').selectOption({ label: '紧急' })
    await page.getByLabel('诉求内容').fill('整栋楼停电')
    await page.getByLabel('街道（乡镇）').fill('望京街道')
    await page.getByLabel('具体地点').fill('幸福小区')
    await page.getByLabel('来电号码').fill('13900139000')
    await isFitForAll('order-new')
    await page.getByRole('button', { name: '提交并派单' }).click()
    await page.waitForURL(/\/orders\/\d{13}$/)
    await history().getByText('受理').waitFor()
    await page.getByText('待签收 · 还剩 2 小时').waitFor()
    // Nobody chooses whom we ring.
    await page.getByText('电话 +8613900139000 · 未核实：不会拨打').waitFor()
    await page.getByRole('button', { name: '发送验证码' }).press('Enter')
    const code = page.getByLabel('市民读回的验证码')
    await code.fill('000000')
    await code.press('Enter')
    await page.getByRole('alert').getByText('验证码不对').waitFor()
    await isFitForAll('order-unverified')
    await code.fill(/验证码 (\d{6})/.exec(pages.texts.at(-1) ?? '')?.[1] ?? '')
    await code.press('Enter')
    await history().getByText('号码已核实').waitFor()
    expect(await page.getByText('未核实').count()).toBe(0)
  })

  it('erases an order once one supervisor asks and another agrees, and tells of it in between', async () => {
    const { order } = await office.orderDesk.make({ ...demand }, seat)
    await office.orderDesk.act(order.number, { do: 'sign' }, heating)
    const closing = { do: 'close', result: 'solved', words: '已修好', evidence: ['照片'] } as const
    await office.orderDesk.act(order.number, closing, heating)
    await signsIn(wang, `/orders/${order.number}`)
    await history().getByText('已修好').waitFor()
    expect(await page.getByText('删除工单').count()).toBe(0)

    const another = async () => {
      await page.close()
      page = await pages.newPage()
    }
    await another()
    await signsIn(li, `/orders/${order.number}`)
    await page.getByText('删除工单').press('Enter')
    await page.getByLabel('理由').selectOption('误建或测试的工单')
    await isFitForAll('order-erase')
    await page.getByRole('button', { name: '申请删除' }).press('Enter')
    await page.getByText('您申请的，须另一人同意').waitFor()
    expect(await page.getByRole('button', { name: '同意删除' }).count()).toBe(0)

    await another()
    await signsIn(sun, '/orders')
    const waiting = page.getByRole('region', { name: '等第二人同意删除的工单' })
    await isFitForAll('orders-erasures')
    await waiting.getByRole('link').press('Enter')
    await isFitForAll('order-agree')
    await page.getByRole('button', { name: '同意删除' }).press('Enter')
    await page.getByRole('status').getByText('已删除').waitFor()
    await waiting.waitFor({ state: 'detached' })
  })

  it('shows the catalogue, and publishes what was written in it once nothing is wrong', async () => {
    await signsIn(li, '/catalogue')
    await page.getByText('共 2640 个事项').waitFor()
    await page.getByRole('searchbox', { name: /^查找（/ }).fill('水龙头不出水')
    await page.getByRole('link', { name: '居民供水·停水' }).press('Enter')
    const kind = () => page.getByRole('region', { name: '居民供水·停水' })
    await kind()
      .getByText(/^01-utilities\.json:\d+:\d+$/)
      .waitFor()
    await isFitForAll('catalogue')
    await kind().getByRole('button', { name: '修改' }).press('Enter')
    const code = kind().getByLabel('代码').first()
    await code.fill('01010201')
    await isFitForAll('catalogue-edit')
    await kind().getByRole('button', { name: '存入草稿' }).press('Enter')
    await page
      .getByRole('alert')
      .getByText(/01-utilities\.json:\d+:\d+：代码 01010201 又出现一次/)
      .waitFor()
    await isFitForAll('catalogue-wrong')
    expect(await page.getByRole('button', { name: '发布', exact: true }).count()).toBe(0)

    await page.close()
    page = await pages.newPage()
    await signsIn({ ...li, name: 'admin', display: '管理员', role: 'admin' }, '/catalogue#01010101')
    await kind().getByRole('button', { name: '修改' }).press('Enter')
    await kind().getByLabel('代码').first().fill('01010101')
    await kind().getByLabel('事项', { exact: true }).first().fill('全楼停水')
    await kind().getByRole('button', { name: '存入草稿' }).press('Enter')
    await page.getByText('检查通过').waitFor()
    await page.getByText('01010101 全楼停水 民生保障').waitFor()
    await page.getByLabel('为什么修改').fill('市民都这么说')
    await isFitForAll('catalogue-draft')
    await page.getByRole('button', { name: '发布', exact: true }).press('Enter')
    await page.getByText('没有草稿').waitFor()
    await page.getByRole('button', { name: '版本', exact: true }).press('Enter')
    await page.getByRole('row').filter({ hasText: '市民都这么说' }).getByText('在用').waitFor()
    await page.getByRole('button', { name: '第 2 版 看改动' }).press('Enter')
    await page.getByText('01010101 全楼停水 民生保障').waitFor()
    await isFitForAll('catalogue-versions')
    await page.getByRole('button', { name: '改用这一版' }).press('Enter')
    await page.getByRole('row').filter({ hasText: '来自文件' }).getByText('在用').waitFor()
  })

  it('shows the time of the city, and its zone on a device whose clock shows another', async () => {
    const { order } = await office.orderDesk.make({ ...demand }, seat)
    const { clocks } = await office.orderDesk.show(order.number, seat)
    const due = new Date(clocks[0]?.dueAtMs ?? 0).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' })
    for (const [device, zone] of [
      ['America/New_York', 'GMT+8'],
      ['Asia/Shanghai', ''],
    ] as const) {
      await page.close()
      page = await pages.newPage(device)
      await signsIn(zhao, `/orders/${order.number}`)
      const words = (await page.locator('.clocks').textContent()) ?? ''
      expect(words).toContain(due.slice(11, 16))
      expect(words.includes('GMT+8')).toBe(zone !== '')
    }
  })
})
