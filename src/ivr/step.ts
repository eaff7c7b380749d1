import type { Key } from '../media/index.ts'
import { forLanguage, type VoiceLanguage } from '../speech/index.ts'
import { defaultLanguage, type Flow, type FlowSet, missesAllowed, type Node } from './flow.ts'
import { owedValues } from './promise.ts'
import { recordedGap, say, tellsRecorded, transcribedGap } from './speak.ts'
import type { CallerFacts, Effect, FlowState, Input, Values } from './turn.ts'
import { go, type Scene, type Turn, unheard, type Verb } from './verb.ts'
import { verbNamed } from './verbs.ts'

export type Step = { readonly state: FlowState; readonly effects: readonly Effect[] }

/** More keys than anyone types ahead on purpose. */
const mostHeld = 32
/** More nodes in a row than a flow without a loop passes through before it says something. */
const mostHops = 64

/** A conversation that has not begun. Its first input is `started`. */
export function beginning(flow: string): FlowState {
  return {
    flow,
    node: '',
    doing: 'idle',
    phase: '',
    language: defaultLanguage,
    misses: 0,
    digits: '',
    held: '',
    values: {},
    promised: false,
  }
}

/**
 * What happens next. This function is pure and total: it depends on its three arguments only, and an input that means
 * nothing changes nothing. The set must come from `readFlows` and contain the state's flow.
 */
export function step(set: FlowSet, state: FlowState, input: Input): Step {
  if (state.doing === 'over') return { state, effects: [] }
  if (input.kind === 'hangup') return hungUp(set, state)
  const heard = hear(set, state, input)
  if (heard) return state.held === '' && heard.state.held === '' ? heard : takeHeld(set, heard)
  const waits = input.kind === 'key' && !input.isOnlyHere
  return { state: waits ? hold(state, input.key) : state, effects: [] }
}

/** Ends the conversation, and keeps what the caller had begun if somebody has to know of it. */
function hungUp(set: FlowSet, state: FlowState): Step {
  const isOver: FlowState = { ...state, doing: 'over', phase: '' }
  if (state.doing === 'idle') return { state: isOver, effects: [] }
  const scene = sceneOf(set, state)
  const { node, verb } = standing(scene)
  return { state: isOver, effects: verb.left?.(node.options, scene) ?? [] }
}

/** Undefined if the input means nothing in this state. */
function hear(set: FlowSet, state: FlowState, input: Input): Step | undefined {
  if (state.doing === 'idle') return input.kind === 'started' ? start(set, state, input.facts) : undefined
  const scene = withToldOf(
    sceneOf(
      set,
      input.kind === 'promised'
        ? { ...state, promised: true, values: owedValues(state.values, input) }
        : state,
    ),
    input,
  )
  const { node, verb } = standing(scene)
  const made = asksForPerson(scene, verb, input) ? toPerson : verb.hear(node.options, scene, input)
  if (!made) return undefined
  const isOver = made.kind === 'go' && input.kind === 'key' && input.isOnlyHere === true
  const turn: Turn = isOver ? { ...made, key: undefined } : made
  const next = follow(scene, turn, input.kind === 'key', 0)
  const isCutShort = (input.kind === 'key' || input.kind === 'utterance') && turn.kind !== 'stay'
  return isCutShort ? { state: next.state, effects: [{ kind: 'stop' }, ...next.effects] } : next
}

/** A caller who heard the whole recording notice is not told again. */
function withToldOf(scene: Scene, input: Input): Scene {
  const { [recordedGap]: isRecorded, ...values } = scene.state.values
  if (input.kind !== 'promptDone' || isRecorded === undefined) return scene
  const { node, verb } = standing(scene)
  const tells = verb.prompts(node.options).some(({ prompt }) => Object.values(prompt).some(tellsRecorded))
  return tells ? { ...scene, state: { ...scene.state, values } } : scene
}

const toPerson: Turn = { kind: 'person' }

/**
 * The most important rule: key 0 always brings a person. Within a number being keyed 0 is a digit, until `*` or silence
 * clears the number. A caller who is already in the queue is reassured by the queue. A caller who answers a question by
 * speaking wants a person, and so does one who could not hear the question.
 */
function asksForPerson({ state }: Scene, verb: Verb, input: Input): boolean {
  if (verb.name === 'queue') return false
  if (input.kind === 'key') return input.key === '0' && state.digits === ''
  if (input.kind === 'silence') return state.phase === unheard
  return input.kind === 'utterance' && state.doing === 'waiting'
}

/** Holds a key until something takes it. */
function hold(state: FlowState, key: Key): FlowState {
  return state.held.length < mostHeld ? { ...state, held: state.held + key } : state
}

function takeHeld(set: FlowSet, settled: Step): Step {
  let { state, effects } = settled
  while (state.held !== '' && state.doing !== 'over') {
    const key = state.held[0] as Key
    const next = hear(set, { ...state, held: state.held.slice(1) }, { kind: 'key', key })
    if (!next) break
    state = next.state
    effects = [...effects, ...next.effects]
  }
  return { state, effects }
}

function start(set: FlowSet, state: FlowState, facts: CallerFacts): Step {
  const language = spokenTo(set, facts)
  const begun: FlowState = { ...state, language, values: valuesOf(facts) }
  const scene = sceneOf(set, begun)
  return follow(scene, go(scene.flow.start), false, 0)
}

const valuesOf = ({ caller, isTranscribed, isRecorded }: CallerFacts): Values => ({
  caller,
  ...(isTranscribed ? { [transcribedGap]: 'yes' } : {}),
  ...(isRecorded ? { [recordedGap]: 'yes' } : {}),
})

/** The caller's language, or a near one such as `en` for `en-GB`, or else the default. */
function spokenTo({ languages }: FlowSet, { language }: CallerFacts): VoiceLanguage {
  const tags = Object.fromEntries([...languages.keys()].map(tag => [tag, tag]))
  return (language === undefined ? undefined : forLanguage(tags, language)) ?? defaultLanguage
}

/** @param byKey whether a key led to this turn. If so, and it is no miss and is not passed on, the caller was understood. */
function follow(scene: Scene, turn: Turn, byKey: boolean, hops: number): Step {
  const { flow, state } = scene
  switch (turn.kind) {
    case 'stay':
      return { state: { ...state, ...turn.change }, effects: turn.effects }
    case 'person':
      // Drop keys typed ahead, so that none of them leads out of the queue again.
      return enter(scene, flow.person, { ...state, misses: 0, held: '' }, [], hops)
    case 'miss': {
      const misses = state.misses + 1
      const { effects = [] } = turn
      if (misses >= missesAllowed[flow.audience]) return after(effects, follow(scene, toPerson, byKey, hops))
      const missed = { ...state, misses }
      return turn.to === undefined
        ? after(effects, askAgain({ ...scene, state: missed }, hops, turn.why))
        : enter(scene, turn.to, missed, effects, hops)
    }
    case 'go': {
      const isUnderstood = turn.values !== undefined || (byKey && turn.key === undefined)
      const next: FlowState = {
        ...state,
        misses: isUnderstood ? 0 : state.misses,
        values: turn.values ?? state.values,
        language: turn.language ?? state.language,
        promised: turn.promised ?? state.promised,
        held: (turn.key ?? '') + state.held,
      }
      if ('to' in turn) return enter(scene, turn.to, next, turn.effects, hops)
      const there = sceneOf(scene.set, { ...next, flow: turn.flow })
      return enter(there, there.flow.start, there.state, turn.effects, hops)
    }
  }
}

function enter(
  scene: Scene,
  name: string,
  before: FlowState,
  effects: readonly Effect[],
  hops: number,
): Step {
  const { set, flow } = scene
  // The proof refuses a loop of nodes that say nothing. Should one run anyway, the caller gets a person.
  const target = hops > mostHops ? flow.person : name
  const state: FlowState = { ...before, node: target, phase: '', digits: '' }
  const there: Scene = { set, flow, state }
  const { node, verb } = standing(there)
  const { language } = state
  const menu = mustPress(flow, node, verb) || undefined
  const fact: Effect = {
    kind: 'journal',
    fact: { kind: 'flow', flow: flow.name, state: target, language, menu },
  }
  const next = follow(there, verb.enter(node.options, there), false, hops + 1)
  return { state: next.state, effects: [...effects, fact, ...next.effects] }
}

/** Whether a menu stands in the way of a person: silence does not lead to one (GB/T 33358-2016 forbids that). */
function mustPress(flow: Flow, { options }: Node, verb: Verb): boolean {
  if (verb.name !== 'menu') return false
  const silence = verb.edges(options).find(({ label }) => label === 'silence')
  if (silence && 'to' in silence) return !comesToPerson(flow, silence.to)
  return missesAllowed[flow.audience] > 1
}

/** Verbs that a silent caller passes through: they neither ask nor end anything. */
const passing: readonly string[] = ['say', 'branch', 'incidents', 'captions', 'text']

function comesToPerson(flow: Flow, to: string, seen: readonly string[] = []): boolean {
  const node = flow.nodes.get(to)
  if (node?.verb === 'queue') return true
  const verb = node && verbNamed(node.verb)
  if (!node || !verb || !passing.includes(node.verb) || seen.includes(to)) return false
  return verb.edges(node.options).some(edge => 'to' in edge && comesToPerson(flow, edge.to, [...seen, to]))
}

const after = (effects: readonly Effect[], next: Step): Step =>
  effects.length === 0 ? next : { state: next.state, effects: [...effects, ...next.effects] }

/** Repeats the question, after saying why. */
function askAgain(scene: Scene, hops: number, why?: Effect): Step {
  const { flow, state } = scene
  const { node, verb } = standing(scene)
  const again: Scene = { ...scene, state: { ...state, phase: '', digits: '' } }
  const { state: asked, effects } = follow(again, verb.enter(node.options, again), false, hops + 1)
  const apology = why ?? (flow.missed && say(again, flow.missed))
  return {
    state: asked,
    effects: effects.map(effect =>
      effect.kind === 'say' && apology?.kind === 'say'
        ? { ...effect, utterances: [...apology.utterances, ...effect.utterances] }
        : effect,
    ),
  }
}

export function sceneOf(set: FlowSet, state: FlowState): Scene {
  return { set, flow: flowNamed(set, state.flow), state }
}

function flowNamed(set: FlowSet, name: string): Flow {
  const flow = set.flows.get(name)
  if (!flow) throw new Error(`no flow ${name} in this set`)
  return flow
}

/** The node that a conversation is in, and its verb. */
export function standing({ flow, state }: Scene): { readonly node: Node; readonly verb: Verb } {
  const node = flow.nodes.get(state.node)
  const verb = node && verbNamed(node.verb)
  if (!node || !verb) throw new Error(`no state ${state.node} in flow ${flow.name}`)
  return { node, verb }
}
