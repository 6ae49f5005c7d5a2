/** What the OpenAPI says of each call: what is sent, and what a good answer holds. */
import type { paths } from "./schema";

export type Method = "get" | "put" | "post" | "delete" | "patch";
type OperationOf<P extends keyof paths, M extends Method> = NonNullable<paths[P][M]>;

/** The paths that have the method. */
export type PathWith<M extends Method> = {
  [P in keyof paths]: [OperationOf<P, M>] extends [never] ? never : P;
}[keyof paths];

/** The generated types say `never` of each kind of parameter that a call lacks. */
type Given<T> = { [K in keyof T as [NonNullable<T[K]>] extends [never] ? never : K]: T[K] };
type Parameters<O> = O extends { parameters: infer P } ? Given<P> : object;
type JsonIn<T> = T extends { content: { "application/json": infer J } } ? J : never;

/** May be left out where all that it holds may be. */
type Params<T> = object extends T ? { params?: T } : { params: T };
type Body<O> = O extends { requestBody: infer B }
  ? { body: JsonIn<B> }
  : O extends { requestBody?: infer B }
    ? { body?: JsonIn<B> }
    : object;

export type ParseAs = "json" | "blob";
export type Init<P extends keyof paths, M extends Method, As extends ParseAs> = Params<
  Parameters<OperationOf<P, M>>
> &
  Body<OperationOf<P, M>> & { parseAs?: As };

type Good<R> = R extends object ? JsonIn<R[keyof R & (200 | 201 | 202)]> : never;
export type Answer<P extends keyof paths, M extends Method, As extends ParseAs> = As extends "blob"
  ? Blob
  : OperationOf<P, M> extends { responses: infer R }
    ? Good<R>
    : never;
