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
} from '@xyflow/react'
import { useMemo } from 'react'
import { Button } from 'react-aria-components'
import type { FlowMap, FlowsNow } from '../../http/contract.ts'
import { flowName, stateName } from '../../http/words/flows.ts'
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
  // The beginning is legible at once; the whole is a button away.
  const top = nodes.filter(({ position }) => position.y < 3 * size.height)
  return (
    <ReactFlowProvider>
      <Zoom />
      <div className="map" role="img" aria-label={words.map(say(flowName(map.flow)))}>
        <div className="map-sheet" aria-hidden="true">
          <ReactFlow
            key={map.flow}
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            fitView
            fitViewOptions={{ nodes: top, maxZoom: 0.9 }}
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
      </div>
      <p className="quiet">{words.mapHelp}</p>
    </ReactFlowProvider>
  )
}

function Zoom() {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
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
    </div>
  )
}
