/** Thrown by an edge that has done (part of) its work and then dies: the connection is cut without an answer. */
export class BrokenAnswer extends Error {
  constructor() {
    super('the platform died before it answered');
    this.name = 'BrokenAnswer';
  }
}
