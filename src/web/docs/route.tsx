import { useState } from 'react'
import { kindOf, type Operation, type Route, shapeIn } from './api-document.ts'
import { Shape } from './shape.tsx'
import { words } from './words.ts'

/** One route: a line that opens. What is inside is drawn once it is open: a document of sixty routes is long. */
export function RouteDetails({ route }: { readonly route: Route }) {
  const [isOpen, setOpen] = useState(false)
  const { method, path, operation } = route
  return (
    <details className="route" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>
        <code className="method">{method}</code> <code className="path">{path}</code>{' '}
        <span lang="en">{operation.summary}</span>
      </summary>
      {isOpen ? <Inside route={route} /> : null}
    </details>
  )
}

function Inside({ route: { method, path, operation } }: { readonly route: Route }) {
  const body = shapeIn(operation.requestBody?.content)
  const isGuarded = (operation.security ?? []).length > 0
  return (
    <div className="inside">
      <p lang="en">{operation.description}</p>
      <p className="quiet">{isGuarded ? words.guarded : words.open}</p>
      <Parameters operation={operation} />
      {body ? (
        <>
          <h3>{words.body}</h3>
          <Shape shape={body} />
        </>
      ) : null}
      <h3>{words.answers}</h3>
      <ul className="fields">
        {Object.entries(operation.responses ?? {}).map(([status, { description, content }]) => {
          const shape = shapeIn(content)
          return (
            <li key={status}>
              <code>{status}</code> {description ? <span lang="en">{description}</span> : null}
              {shape ? <Shape shape={shape} /> : null}
            </li>
          )
        })}
      </ul>
      <h3>{words.example}</h3>
      <pre>
        <code>{exampleOf(method, path, isGuarded, body !== undefined)}</code>
      </pre>
    </div>
  )
}

function Parameters({ operation: { parameters = [] } }: { readonly operation: Operation }) {
  if (parameters.length === 0) return null
  return (
    <>
      <h3>{words.parameters}</h3>
      <ul className="fields">
        {parameters.map(({ name, in: where, required, description, schema = {} }) => (
          <li key={`${where} ${name}`}>
            <code>{name}</code> <span className="quiet">{words.in(where)}</span>{' '}
            {required ? <span className="needed">{words.required}</span> : null}
            <span className="kind" lang="en">
              {kindOf(schema)}
            </span>
            <span className="says" lang="en">
              {description ?? schema.description}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function exampleOf(method: string, path: string, isGuarded: boolean, hasBody: boolean): string {
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${location.origin}${path}'`,
    isGuarded ? `-H "authorization: Bearer $(cat data/api-token)"` : '',
    hasBody ? `-H 'content-type: application/json' -d '{…}'` : '',
  ]
    .filter(Boolean)
    .join(' \\\n  ')
}
