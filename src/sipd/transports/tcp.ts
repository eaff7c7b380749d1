import { connect, createServer } from 'node:net'
import type { Clock } from '../../foundation/index.ts'
import type { Arrive, Transport } from '../transport.ts'
import { type ConnectionLimits, type Kind, openConnections } from './connections.ts'

const bare: Kind = {
  protocol: 'tcp',
  listen: (_begun, made) => createServer(made),
  connect: ({ address, port }) => connect(port, address),
  madeEvent: 'connect',
}

/** Listens for TCP. Rejects with the system's error if the port is taken. */
export const openTcp = (
  address: string,
  port: number,
  clock: Clock,
  arrive: Arrive,
  limits?: ConnectionLimits,
): Promise<Transport> => openConnections(bare, address, port, clock, arrive, limits)
