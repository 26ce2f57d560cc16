const reasons: Readonly<Record<string, string>> = {
  EACCES: "this user may not read and write there",
  EPERM: "this user may not read and write there",
  EROFS: "the file system is read-only",
  EEXIST: "there is a file in the place of a directory",
  ENOTDIR: "there is a file in the place of a directory",
  EISDIR: "it is a directory",
  ENOENT: "there is no such directory",
  ENOSPC: "the file system is full",
};

/** A failed call of the operating system. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "code" in error && "syscall" in error;
}

/** Why a file or directory could not be used, in words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return (isSystemError(error) && reasons[error.code ?? ""]) || error.message;
}
