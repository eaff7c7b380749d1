/**
 * How soon a text is suggested for, how soon that is ready, and what training costs. The texts are made of the catalogue's
 * sentences: they say what it costs, and nothing of how right it is.
 */
import { join } from 'node:path'
import { readCatalogue } from '../../src/catalogue/index.ts'
import { monotonicMs } from '../../src/foundation/index.ts'
import { buildProfiles, classify, learn, readModel, suggest, writeModel } from '../../src/triage/index.ts'
import { createRandom } from '../../src/triage/random.ts'
import { percentile, type Row } from './row.ts'

const trained = 7000
const asked = 1000
const labels = 7
/** As long as a citizen's message is at the median. */
const characters = 250

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

export async function run(): Promise<readonly Row[]> {
  const beganMs = monotonicMs()
  const catalogue = await readCatalogue(join(import.meta.dirname, '..', '..', 'catalogue'))
  const profiles = buildProfiles(catalogue)
  const readyMs = monotonicMs() - beganMs

  const objects = [...catalogue.objects.values()]
  const said = [...new Set(objects.map(object => object.class))].slice(0, labels).map(label => ({
    label,
    says: objects.filter(object => object.class === label).flatMap(object => object.says),
  }))
  const random = createRandom(1)
  const oneOf = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)]!
  const texts = Array.from({ length: trained + asked }, (_, at) => {
    const { label, says } = oneOf(said)
    let text = ''
    // Half of what somebody says is about something else.
    while (text.length < characters)
      text += `${oneOf(random() < 0.5 ? says : oneOf(said).says)}${Math.floor(random() * 1e4)}，`
    return { label, text, title: text.slice(0, 15), place: `bench:${at}` }
  })
  const cpuBegan = cpuSeconds()
  const { model } = learn(texts.slice(0, trained), 'bench', { seed: 1, cost: 1 })
  const cpu = cpuSeconds() - cpuBegan
  const bytes = writeModel(model, { examples: trained, seed: 1, cost: 1 })
  const readMs = monotonicMs()
  const again = readModel('bench', bytes).model
  const loadMs = monotonicMs() - readMs
  const took = (answer: (text: (typeof texts)[number]) => unknown) =>
    texts.slice(trained).map(text => {
      const atMs = monotonicMs()
      answer(text)
      return monotonicMs() - atMs
    })
  const byModel = took(text => classify(again, text))
  const byProfiles = took(text => suggest(profiles, text))
  const method = `${asked} texts of ${characters} characters, of the catalogue's sentences`
  const p95 = (values: readonly number[]) =>
    `p50 ${percentile(values, 0.5)} ms, p95 ${percentile(values, 0.95)} ms`
  return [
    { what: 'A suggestion by the catalogue', figure: p95(byProfiles), target: 'p95 < 5 ms', method },
    {
      what: 'A suggestion by a model',
      figure: p95(byModel),
      target: 'p95 < 5 ms',
      method: `${method}; ${labels} labels`,
    },
    {
      what: 'The catalogue read and ready',
      figure: `${readyMs.toFixed(0)} ms`,
      target: '< 1 s',
      method: '510 objects',
    },
    {
      what: 'A model read and ready',
      figure: `${loadMs.toFixed(0)} ms`,
      target: '< 1 s',
      method: 'its words read before',
    },
    {
      what: 'Training',
      figure: `${cpu.toFixed(1)} s of processor`,
      target: '<= 20 s',
      method: `${trained} texts, ${labels} labels, a tenth held out, then all`,
    },
    {
      what: 'A model',
      figure: `${(bytes.length / 1e6).toFixed(1)} MB`,
      target: '<= 10 MB',
      method: 'as written',
    },
  ]
}
