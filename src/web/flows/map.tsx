import '@xyflow/react/dist/base.css'
import {
  type Edge,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  type Viewport,
} from '@xyflow/react'
import { type KeyboardEvent, type ReactNode, useMemo, useRef } from 'react'
import { Button } from 'react-aria-components'
import { flowName, stateName } from '../../http/words/flows.ts'
import type { FlowMap, FlowsNow } from '../../ivr/api.ts'
import { say } from '../language.ts'
import { words } from './words.ts'

type State = FlowMap['states'][number]
type StateNode = Node<{ readonly state: State }, 'state'>

/** How deep a state's colour is, from 0: by calls in it now. */
export const depthOf = (calls: number) => (calls === 0 ? 0 : calls < 5 ? 1 : calls < 20 ? 2 : 3)

/** One state: its name, what it does, calls in it, the time to a person. Everything also stands in the table. */
function StateBox({ data: { state } }: NodeProps<StateNode>) {
  const { name, kind, calls, isPerson, isStart, toPerson } = state
  return (
    <div className="state" data-depth={depthOf(calls)} data-person={isPerson} data-start={isStart}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className="state-name">
        {say(stateName(name))}
        {isPerson ? <span className="tag">{words.isPerson}</span> : null}
      </div>
      <div>{say(kind)}</div>
      <div className="state-figures">
        <span className="state-calls">{calls > 0 ? words.callsIn(calls) : ''}</span>
        <span>{isPerson || toPerson === undefined ? '' : words.within(toPerson)}</span>
      </div>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  )
}
const nodeTypes = { state: StateBox }

type WayEdge = Edge<{ readonly way: FlowMap['ways'][number] }, 'way'>

/** A way as the layout leads it, past the states between. */
function WayLine({ data, markerEnd }: EdgeProps<WayEdge>) {
  if (!data) return null
  const { path, labels, labelX, labelY } = data.way
  return (
    <>
      <path d={path} className="way" markerEnd={markerEnd} />
      <text x={labelX} y={labelY} className="way-label">
        {labels.map(say).join('、')}
      </text>
    </>
  )
}
const edgeTypes = { way: WayLine }

export function FlowDrawing({ map, size }: { readonly map: FlowMap; readonly size: FlowsNow['stateSize'] }) {
  const nodes = map.states.map(
    (state): StateNode => ({
      id: state.id,
      type: 'state',
      position: { x: state.x, y: state.y },
      data: { state },
      ...size,
    }),
  )
  const edges = useMemo(
    () =>
      map.ways.map(
        (way): WayEdge => ({
          id: `${way.from} ${way.to}`,
          type: 'way',
          source: way.from,
          target: way.to,
          data: { way },
          markerEnd: { type: MarkerType.ArrowClosed, width: 18, height: 18, color: 'var(--quiet)' },
        }),
      ),
    [map.ways],
  )
  const pane = useRef<HTMLDivElement>(null)
  const first = () => firstView(map, size, pane.current?.clientWidth ?? map.width)
  return (
    <ReactFlowProvider>
      <Zoom first={first} />
      <Keys label={words.map(say(flowName(map.flow)))} first={first}>
        <div className="map-sheet" aria-hidden="true" ref={pane}>
          <ReactFlow
            key={map.flow}
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            onInit={({ setViewport }) => void setViewport(first())}
            minZoom={0.2}
            maxZoom={2}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            disableKeyboardA11y
            zoomOnScroll={false}
            preventScrolling={false}
            zoomActivationKeyCode="Control"
            proOptions={{ hideAttribution: true }}
          />
        </div>
      </Keys>
      <p className="quiet">{words.mapHelp}</p>
    </ReactFlowProvider>
  )
}

/** Smaller, its letters are under 12 px. */
const leastZoom = 0.86
const margin = 24

/** As wide as the page, where letters can be read so; otherwise the beginning in the middle. The whole is a button away. */
export function firstView(
  { width, states }: Pick<FlowMap, 'width' | 'states'>,
  size: FlowsNow['stateSize'],
  paneWidth: number,
): Viewport {
  const zoom = Math.min(1, Math.max(leastZoom, (paneWidth - 2 * margin) / width))
  const start = states.find(({ isStart }) => isStart) ?? { x: (width - size.width) / 2, y: 0 }
  const left = paneWidth / 2 - (start.x + size.width / 2) * zoom
  const room = paneWidth - margin - width * zoom
  // What is on its sides is shown as far as there is any.
  const x = room >= margin ? (room + margin) / 2 : Math.min(margin, Math.max(room, left))
  return { x, y: margin - start.y * zoom, zoom }
}

type Moves = { readonly first: () => Viewport }

function Zoom({ first }: Moves) {
  const { zoomIn, zoomOut, fitView, setViewport } = useReactFlow()
  return (
    <div className="zoom">
      <Button className="button" onPress={() => void zoomIn()}>
        {words.zoomIn}
      </Button>
      <Button className="button" onPress={() => void zoomOut()}>
        {words.zoomOut}
      </Button>
      <Button className="button" onPress={() => void fitView()}>
        {words.fit}
      </Button>
      <Button className="button" onPress={() => void setViewport(first())}>
        {words.first}
      </Button>
    </div>
  )
}

const stepPx = 80
const steps: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [stepPx, 0],
  ArrowRight: [-stepPx, 0],
  ArrowUp: [0, stepPx],
  ArrowDown: [0, -stepPx],
}

/** The drawing, moved by the arrows and sized by + - 0 while it has the focus. */
function Keys({ label, first, children }: Moves & { readonly label: string; readonly children: ReactNode }) {
  const { zoomIn, zoomOut, getViewport, setViewport } = useReactFlow()
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key]
    const { x, y, zoom } = getViewport()
    if (step) void setViewport({ x: x + step[0], y: y + step[1], zoom })
    else if (event.key === '+' || event.key === '=') void zoomIn()
    else if (event.key === '-') void zoomOut()
    else if (event.key === '0') void setViewport(first())
    else return
    event.preventDefault()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by keys, as a scrolled region is.
    <div className="map" role="img" aria-label={label} tabIndex={0} onKeyDown={press}>
      {children}
    </div>
  )
}
