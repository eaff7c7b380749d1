/**
 * ONNX models written by hand: the few messages of its protocol buffers that a small graph needs
 * (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto). Field numbers are those of that file.
 */
type Field = { readonly number: number; readonly value: number | string | Uint8Array | readonly Field[] }

const field = (number: number, value: Field['value']): Field => ({ number, value })

/** Element types of TensorProto.DataType. */
export const float = 1
export const int32 = 6
export const int64 = 7
export const float16 = 10

export type Shape = readonly (number | string)[]
export type Model = {
  readonly nodes: readonly Field[]
  readonly inputs: readonly Field[]
  readonly outputs: readonly Field[]
  readonly constants: readonly Field[]
  readonly metadata: Readonly<Record<string, string>>
}

/** NodeProto; attributes are integers or lists of them. */
export function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Field {
  const made = Object.entries(attributes).map(([name, value]) =>
    field(5, [
      field(1, name),
      ...(typeof value === 'number'
        ? [field(3, value), field(20, 2)]
        : [...value.map(one => field(8, one)), field(20, 7)]),
    ]),
  )
  return field(1, [
    ...inputs.map(name => field(1, name)),
    ...outputs.map(name => field(2, name)),
    ...[field(3, outputs[0] ?? ''), field(4, operator)],
    ...made,
  ])
}

/** ValueInfoProto: a name with an element type and a shape, whose unknown sizes have names. */
export function value(kind: 'input' | 'output', name: string, type: number, shape: Shape): Field {
  const sizes = shape.map(size => field(1, [typeof size === 'number' ? field(1, size) : field(2, size)]))
  return field(kind === 'input' ? 11 : 12, [
    field(1, name),
    field(2, [field(1, [field(1, type), field(2, sizes)])]),
  ])
}

/** TensorProto with its data raw, little-endian. */
export function constant(name: string, shape: readonly number[], data: Float32Array | BigInt64Array): Field {
  const type = data instanceof Float32Array ? float : int64
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  return field(5, [...shape.map(size => field(1, size)), field(2, type), field(8, name), field(9, bytes)])
}

/** ModelProto: IR version 8, opset 13. */
export function writeOnnx({ nodes, inputs, outputs, constants, metadata }: Model): Uint8Array {
  const graph = [...nodes, field(2, 'graph'), ...constants, ...inputs, ...outputs]
  const notes = Object.entries(metadata).map(([key, text]) => field(14, [field(1, key), field(2, text)]))
  return encode([field(1, 8), field(2, 'jieting'), field(7, graph), field(8, [field(2, 13)]), ...notes])
}

/** Protocol buffers: numbers as varints, everything else with its length before it. */
function encode(fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.map(({ number, value }) => {
      if (typeof value === 'number') return Buffer.concat([varint(number << 3), varint(value)])
      const bytes =
        typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : encode(value)
      return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes])
    }),
  )
}

/** Of ten bytes when negative, as two's complement in 64 bits. */
function varint(number: number): Buffer {
  let rest = BigInt.asUintN(64, BigInt(number))
  const bytes: number[] = []
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0))
    rest >>= 7n
  } while (rest > 0n)
  return Buffer.from(bytes)
}
