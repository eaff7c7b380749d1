import { kindOf, type ShapeOf } from './api-document.ts'
import { words } from './words.ts'

/** A value as it is sent: its fields, or what it is one of, as deep as it goes. */
export function Shape({ shape }: { readonly shape: ShapeOf }) {
  const { properties, items, anyOf, oneOf, allOf, additionalProperties, required = [] } = shape
  const choices = anyOf ?? oneOf
  return (
    <>
      <Said shape={shape} />
      {properties ? (
        <ul className="fields">
          {Object.entries(properties).map(([name, field]) => (
            <li key={name}>
              <code>{name}</code>{' '}
              {required.includes(name) ? <span className="needed">{words.required}</span> : null}
              <Shape shape={field} />
            </li>
          ))}
        </ul>
      ) : null}
      {items ? <Inner says={words.each} shapes={[items]} /> : null}
      {choices ? <Inner says={words.oneOf} shapes={choices} /> : null}
      {allOf ? <Inner says={words.allOf} shapes={allOf} /> : null}
      {typeof additionalProperties === 'object' ? (
        <Inner says={words.anyName} shapes={[additionalProperties]} />
      ) : null}
    </>
  )
}

function Said({ shape }: { readonly shape: ShapeOf }) {
  const kind = kindOf(shape)
  return (
    <>
      {kind === '' ? null : (
        <span className="kind" lang="en">
          {kind}
        </span>
      )}
      {shape.description === undefined ? null : (
        <span className="says" lang="en">
          {shape.description}
        </span>
      )}
    </>
  )
}

/** Choices have no name of their own: their place is who they are. */
function Inner({ says, shapes }: { readonly says: string; readonly shapes: readonly ShapeOf[] }) {
  const placed = shapes.map((shape, place) => ({ shape, place }))
  return (
    <div className="inner">
      <span className="quiet">{says}</span>
      <ul className="fields">
        {placed.map(({ shape, place }) => (
          <li key={place}>
            <Shape shape={shape} />
          </li>
        ))}
      </ul>
    </div>
  )
}
