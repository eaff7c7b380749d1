import './flows.css'
import { useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { flowName, stateName } from '../../http/words/flows.ts'
import type { FlowMap } from '../../ivr/api.ts'
import { showPage } from '../design/page.tsx'
import { Table } from '../design/table.tsx'
import { language, say } from '../language.ts'
import { SignedIn } from '../sign-in/sign-in.tsx'
import { depthOf, FlowDrawing } from './map.tsx'
import { useFlows } from './use-flows.ts'
import { seconds, words } from './words.ts'

const first = 'hotline'

/** The flows that answer now: drawn, with where calls are and what was proved. */
function FlowsPage() {
  const { now, isLost } = useFlows()
  const [chosen, choose] = useState(first)
  if (!now) return <p role="status">{isLost ? words.lost : words.loading}</p>
  const map = now.flows.find(({ flow }) => flow === chosen) ?? now.flows[0]
  const calls = now.flows.flatMap(({ states }) => states).reduce((sum, state) => sum + state.calls, 0)
  return (
    <>
      {isLost ? (
        <p className="trouble" role="alert">
          {words.lost}
        </p>
      ) : null}
      <p>
        {words.version(now.version, now.digest.slice(0, 12))}
        {now.trial ? ` · ${words.trial(now.trial.number, now.trial.share)}` : ''}
        {` · ${words.total(calls)}`}
      </p>
      <ToggleButtonGroup
        aria-label={words.choose}
        className="choices"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[map?.flow ?? first]}
        onSelectionChange={keys => choose(String([...keys][0] ?? first))}
      >
        {now.flows.map(({ flow, states }) => (
          <ToggleButton key={flow} id={flow} className="button choice">
            {say(flowName(flow))} · {words.callsIn(states.reduce((sum, state) => sum + state.calls, 0))}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {map ? (
        <section aria-label={say(flowName(map.flow))}>
          <h2>
            {say(flowName(map.flow))} <span className="quiet">{words.audiences[map.audience]}</span>
          </h2>
          <Verdict map={map} />
          <Legend />
          <FlowDrawing map={map} size={now.stateSize} />
          <States map={map} />
        </section>
      ) : null}
    </>
  )
}

function Verdict({ map: { proof, person } }: { readonly map: FlowMap }) {
  if (!proof) return <p className="trouble">{words.unproved}</p>
  const time = proof.byItself ? words.time : words.timeByZero
  return (
    <div className="card verdict">
      <p>
        <strong>{words.proved(proof.situations)}</strong>
      </p>
      <p>{words.person(say(stateName(person)))}</p>
      <p>
        {time(proof.likeliest[language] ?? 0, proof.longest)}
        {proof.measured ? '' : words.estimated}
      </p>
    </div>
  )
}

function Legend() {
  return (
    <p className="legend">
      {words.legend}{' '}
      {['0', '1–4', '5–19', '≥ 20'].map((label, depth) => (
        <span key={label} className="swatch" data-depth={depth}>
          {label}
        </span>
      ))}
    </p>
  )
}

/** A way leads to a state, or to another flow. */
const targetName = (to: string) =>
  say(to.startsWith('flow:') ? flowName(to.slice('flow:'.length)) : stateName(to))

/** The same as the drawing, to be read line by line. */
function States({ map }: { readonly map: FlowMap }) {
  const waysOf = (id: string) =>
    map.ways
      .filter(({ from }) => from === id)
      .map(({ to, labels }) => `${labels.map(say).join('、')} → ${targetName(to)}`)
  return (
    <Table
      caption={words.table}
      isCaptionSeen
      head={[words.state, { figures: words.calls }, { figures: words.toPerson }, words.ways]}
      rows={map.states.map(state => ({
        key: state.id,
        cells: [
          <StateName key="name" {...state} />,
          state.calls,
          state.isPerson ? words.now : state.toPerson === undefined ? '–' : seconds(state.toPerson),
          waysOf(state.id).join('；'),
        ],
        marks: { 'data-depth': depthOf(state.calls) },
      }))}
    />
  )
}

const StateName = ({ name, kind, isStart, isPerson }: FlowMap['states'][number]) => (
  <>
    {say(stateName(name))}
    {isStart ? ` (${words.start})` : ''}
    {isPerson ? ` (${words.isPerson})` : ''}
    <div className="quiet">{say(kind)}</div>
  </>
)

showPage({ 'zh-CN': '流程', en: 'Flows' }, <SignedIn>{() => <FlowsPage />}</SignedIn>)
