import { expect, it } from 'vitest'
import type { Heard } from '../../src/speech/index.ts'
import { createScriptedRecognizer, type Hearing, type Script } from '../../src/speech/index.ts'

const silence = { codec: 'PCMA', payload: new Uint8Array(160).fill(0xd5) } as const

function pushSilence(hearing: Hearing, ms: number, fromMs = 0) {
  for (let atMs = fromMs; atMs < fromMs + ms; atMs += 20) hearing.push(silence, atMs)
}

async function all(hearing: Hearing): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  for await (const one of hearing.words) heard.push(one)
  return heard
}

const listen = (script?: Script) => createScriptedRecognizer(script).listen({ language: 'zh-CN' })

it('grows a line as the sound goes by, and corrects it at the end', async () => {
  const line = { text: '我家漏水了', misheard: '我家路水了', startMs: 500, endMs: 1500, confidence: 0.9 }
  const hearing = listen({ lines: [line] })
  pushSilence(hearing, 2000, 7000)
  hearing.close()
  expect(await all(hearing)).toEqual([
    { kind: 'interim', id: 1, text: '我', startMs: 7500, endMs: 7800 },
    { kind: 'interim', id: 1, text: '我家', startMs: 7500, endMs: 8000 },
    { kind: 'interim', id: 1, text: '我家路', startMs: 7500, endMs: 8200 },
    { kind: 'interim', id: 1, text: '我家路水', startMs: 7500, endMs: 8400 },
    { kind: 'interim', id: 1, text: '我家路水了', startMs: 7500, endMs: 8500 },
    { kind: 'final', id: 1, text: '我家漏水了', startMs: 7500, endMs: 8500, confidence: 0.9 },
  ])
})

it('leaves someone who hangs up within a word with what they had said', async () => {
  const hearing = listen({ lines: [{ text: '我要投诉', startMs: 0, endMs: 1000 }] })
  pushSilence(hearing, 600)
  hearing.close()
  hearing.push(silence, 600)
  expect((await all(hearing)).at(-1)).toMatchObject({ kind: 'final', text: '我要' })
})

it('reads the words of a line that has no sound', async () => {
  const hearing = listen()
  hearing.push({ codec: 'PCMA', payload: new TextEncoder().encode('楼道灯坏了') }, 40)
  hearing.push(silence, 60)
  hearing.close()
  expect(await all(hearing)).toEqual([
    { kind: 'interim', id: 1, text: '楼道灯', startMs: 40, endMs: 40 },
    { kind: 'final', id: 1, text: '楼道灯坏了', startMs: 40, endMs: 40 },
  ])
})

it('fails where its script says so', async () => {
  const hearing = listen({ failsAtMs: 100, failsWith: 'recognizer-throttled' })
  pushSilence(hearing, 200)
  await expect(all(hearing)).rejects.toMatchObject({ name: 'Fault', code: 'recognizer-throttled' })
})

it('ends at once when the call is over', async () => {
  const over = new AbortController()
  const hearing = createScriptedRecognizer({
    lines: [{ text: '喂', startMs: 0, endMs: 200 }],
    ready: new Promise(() => undefined),
  }).listen({ language: 'zh-CN', signal: over.signal })
  pushSilence(hearing, 1000)
  over.abort()
  expect(await all(hearing)).toEqual([])
})

it('tells how much it lost while it was slow to connect, and hears the rest', async () => {
  let connect: () => void = () => undefined
  const ready = new Promise<void>(resolve => {
    connect = resolve
  })
  const hearing = listen({ ready, lines: [{ text: '喂', startMs: 0, endMs: 200 }] })
  pushSilence(hearing, 12_000)
  hearing.push({ codec: 'PCMA', payload: new Uint8Array(0) }, 12_000)
  hearing.push(silence, Number.NaN)
  hearing.close()
  connect()
  expect(await all(hearing)).toEqual([
    { kind: 'gap', reason: 'slow', fromMs: 0, toMs: 2000, frames: 100 },
    { kind: 'interim', id: 1, text: '喂', startMs: 2000, endMs: 2200 },
    { kind: 'final', id: 1, text: '喂', startMs: 2000, endMs: 2200 },
  ])
})

it('ends every hearing when it is closed', async () => {
  const scripted = createScriptedRecognizer()
  const hearings = [scripted.listen({ language: 'zh-CN' }), scripted.listen({ language: 'en' })]
  await scripted.close()
  expect(await Promise.all(hearings.map(all))).toEqual([[], []])
})
