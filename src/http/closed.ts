type JsonObject = Readonly<Record<string, unknown>>

/**
 * Closes a JSON Schema, which by default allows any further field: we refuse fields that no schema reads
 * (`unknown-fields.ts`).
 */
export function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isObject(schema)) return schema
  const parts = inner.filter(part => schema[part] !== undefined).map(part => [part, closed(schema[part])])
  const fields = isObject(schema.properties) && {
    properties: Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [name, closed(field)]),
    ),
    additionalProperties: schema.additionalProperties ?? false,
  }
  return { ...schema, ...Object.fromEntries(parts), ...fields }
}

const inner = ['items', 'anyOf', 'oneOf'] as const
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
