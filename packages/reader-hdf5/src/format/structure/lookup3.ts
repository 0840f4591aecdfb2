/** The checksum of HDF5's newer structures. Bob Jenkins, lookup3.c (2006), `hashlittle` with an initial value of 0. */
import { Damage } from "../problems.js";

/** @param length bytes from `at`; they lie within `bytes` */
export function lookup3(bytes: Uint8Array, at: number, length: number): number {
  let a = (0xdeadbeef + length) | 0;
  let b = a;
  let c = a;
  let left = length;
  while (left > 12) {
    a = (a + word(bytes, at)) | 0;
    b = (b + word(bytes, at + 4)) | 0;
    c = (c + word(bytes, at + 8)) | 0;
    a = ((a - c) ^ rotated(c, 4)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotated(a, 6)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotated(b, 8)) | 0;
    b = (b + a) | 0;
    a = ((a - c) ^ rotated(c, 16)) | 0;
    c = (c + b) | 0;
    b = ((b - a) ^ rotated(a, 19)) | 0;
    a = (a + c) | 0;
    c = ((c - b) ^ rotated(b, 4)) | 0;
    b = (b + a) | 0;
    at += 12;
    left -= 12;
  }
  if (left === 0) return c >>> 0;
  const tail = new Uint8Array(12);
  tail.set(bytes.subarray(at, at + left));
  a = (a + word(tail, 0)) | 0;
  b = (b + word(tail, 4)) | 0;
  c = (c + word(tail, 8)) | 0;
  c = ((c ^ b) - rotated(b, 14)) | 0;
  a = ((a ^ c) - rotated(c, 11)) | 0;
  b = ((b ^ a) - rotated(a, 25)) | 0;
  c = ((c ^ b) - rotated(b, 16)) | 0;
  a = ((a ^ c) - rotated(c, 4)) | 0;
  b = ((b ^ a) - rotated(a, 14)) | 0;
  c = ((c ^ b) - rotated(b, 24)) | 0;
  return c >>> 0;
}

/** @param bytes a structure whose last four bytes are the checksum of all before. @throws Damage when they are not */
export function assertChecksum(bytes: Uint8Array, what: string): void {
  const length = bytes.length - 4;
  if (length < 0 || lookup3(bytes, 0, length) !== word(bytes, length) >>> 0)
    throw new Damage(`the checksum of ${what} is wrong`);
}

function word(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}

function rotated(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
