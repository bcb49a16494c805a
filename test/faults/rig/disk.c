/*
 * Notes what a process does to the files under one folder, in the order in which the disk could be told: preloaded into Node.js
 * (LD_PRELOAD) by the power-cut scenarios. `disk.ts` reads the notes and makes the folder as a disk would hold it after a power cut.
 *
 *   JINBAN_DISK_FOLDER  the folder, absolute and without links
 *   JINBAN_DISK_NOTES   file that the notes are added to
 *
 * A note: kind (1 byte), inode (8), offset (8), length of the first part (4), of the second (4), then both; little-endian.
 * Every call and its note are made under one lock, so that the notes' order is the calls'. Writes to memory-mapped files are not
 * seen: SQLite's -shm is the only one, and SQLite makes it anew.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST_FILES 4096

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int notes = -1;
/* What is known of a descriptor: 0 not ours, 1 a file of ours, 2 a directory of ours. */
static unsigned char ours[MOST_FILES];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static ssize_t (*real_write)(int, const void *, size_t);

__attribute__((constructor)) static void begin(void) {
  const char *under = getenv("JINBAN_DISK_FOLDER");
  const char *to = getenv("JINBAN_DISK_NOTES");
  real_write = REAL(write);
  if (under == NULL || to == NULL) return;
  strncpy(folder, under, sizeof folder - 1);
  folder_length = strlen(folder);
  notes = REAL(open)(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static void put(const void *bytes, size_t count) {
  const char *from = bytes;
  while (count > 0) {
    ssize_t done = real_write(notes, from, count);
    if (done < 0) abort();
    from += done;
    count -= (size_t)done;
  }
}

static void note(char kind, uint64_t inode, uint64_t offset, const void *first, size_t first_length, const void *second, size_t second_length) {
  unsigned char head[25];
  uint32_t lengths[2] = {(uint32_t)first_length, (uint32_t)second_length};
  if (notes < 0) return;
  head[0] = (unsigned char)kind;
  memcpy(head + 1, &inode, 8);
  memcpy(head + 9, &offset, 8);
  memcpy(head + 17, lengths, 8);
  put(head, sizeof head);
  put(first, first_length);
  put(second, second_length);
}

/* The absolute path of an argument, when it lies under the folder; its parent is resolved, since it may not exist itself. */
static int under(const char *path, char *whole) {
  char parent[PATH_MAX], copy[PATH_MAX];
  const char *slash = strrchr(path, '/');
  if (notes < 0) return 0;
  if (slash == NULL || (size_t)(slash - path) >= sizeof copy) return 0;
  memcpy(copy, path, (size_t)(slash - path));
  copy[slash - path] = 0;
  if (realpath(copy[0] == 0 ? "/" : copy, parent) == NULL) return 0;
  if (strlen(parent) + strlen(slash) + 1 > PATH_MAX) return 0;
  strcpy(whole, parent);
  strcat(whole, slash);
  return strncmp(whole, folder, folder_length) == 0 && (whole[folder_length] == '/' || whole[folder_length] == 0);
}

static uint64_t inode_of(int fd) {
  struct stat found;
  return fstat(fd, &found) == 0 ? (uint64_t)found.st_ino : 0;
}

static int open_noted(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  struct stat found;
  int fd, was_there;
  int mine = under(path, whole);
  if (!mine) return real(path, flags, mode);
  pthread_mutex_lock(&lock);
  was_there = stat(path, &found) == 0;
  fd = real(path, flags, mode);
  if (fd >= 0 && fd < MOST_FILES && fstat(fd, &found) == 0) {
    ours[fd] = S_ISDIR(found.st_mode) ? 2 : 1;
    if (!was_there) note('c', found.st_ino, 0, whole, strlen(whole), "", 0);
    else if ((flags & O_TRUNC) != 0 && S_ISREG(found.st_mode)) note('t', found.st_ino, 0, "", 0, "", 0);
  }
  pthread_mutex_unlock(&lock);
  return fd;
}

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    mode_t mode = 0;                                                   \
    if ((flags & (O_CREAT | O_TMPFILE)) != 0) {                        \
      va_list rest;                                                    \
      va_start(rest, flags);                                           \
      mode = (mode_t)va_arg(rest, int);                                \
      va_end(rest);                                                    \
    }                                                                  \
    return open_noted((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name), path, flags, mode); \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  if (fd >= 0 && fd < MOST_FILES) ours[fd] = 0;
  return REAL(close)(fd);
}

static int mine(int fd) { return fd >= 0 && fd < MOST_FILES && ours[fd] != 0; }

/* Where a write without an offset goes. */
static off_t place_of(int fd) {
  struct stat found;
  if ((fcntl(fd, F_GETFL) & O_APPEND) != 0 && fstat(fd, &found) == 0) return found.st_size;
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t done;
  off_t at;
  int spoken = fd == 1 || fd == 2;
  if (notes < 0 || (!spoken && !mine(fd))) return real_write(fd, bytes, count);
  at = spoken ? 0 : place_of(fd);
  /* libuv closes past close(): the number may be a socket's by now. */
  if (at < 0) return real_write(fd, bytes, count);
  pthread_mutex_lock(&lock);
  if (!spoken) at = place_of(fd);
  done = real_write(fd, bytes, count);
  if (done > 0) note(spoken ? 's' : 'w', spoken ? (uint64_t)fd : inode_of(fd), (uint64_t)at, bytes, (size_t)done, "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}

static ssize_t pwrite_noted(ssize_t (*real)(int, const void *, size_t, off_t), int fd, const void *bytes, size_t count, off_t at) {
  ssize_t done;
  if (!mine(fd)) return real(fd, bytes, count, at);
  pthread_mutex_lock(&lock);
  done = real(fd, bytes, count, at);
  if (done > 0) note('w', inode_of(fd), (uint64_t)at, bytes, (size_t)done, "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite_noted(REAL(pwrite), fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) { return pwrite_noted(REAL(pwrite64), fd, bytes, count, at); }

/* Several buffers are written as one after another, which is what a file ends up with. */
static ssize_t each(int fd, const struct iovec *parts, int count, off_t at, int placed) {
  ssize_t all = 0;
  for (int index = 0; index < count; index += 1) {
    ssize_t done = placed ? pwrite(fd, parts[index].iov_base, parts[index].iov_len, at + all) : write(fd, parts[index].iov_base, parts[index].iov_len);
    if (done < 0) return all > 0 ? all : done;
    all += done;
    if ((size_t)done < parts[index].iov_len) break;
  }
  return all;
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return mine(fd) || fd == 1 || fd == 2 ? each(fd, parts, count, 0, 0) : REAL(writev)(fd, parts, count);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return mine(fd) ? each(fd, parts, count, at, 1) : REAL(pwritev)(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t at) { return mine(fd) ? each(fd, parts, count, at, 1) : REAL(pwritev64)(fd, parts, count, at); }

static int truncate_noted(int (*real)(int, off_t), int fd, off_t size) {
  int done;
  if (!mine(fd)) return real(fd, size);
  pthread_mutex_lock(&lock);
  done = real(fd, size);
  if (done == 0) note('t', inode_of(fd), (uint64_t)size, "", 0, "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int ftruncate(int fd, off_t size) { return truncate_noted(REAL(ftruncate), fd, size); }
int ftruncate64(int fd, off_t size) { return truncate_noted(REAL(ftruncate64), fd, size); }

static int sync_noted(int (*real)(int), int fd) {
  int done;
  if (!mine(fd)) return real(fd);
  pthread_mutex_lock(&lock);
  done = real(fd);
  if (done == 0) note(ours[fd] == 2 ? 'd' : 'f', inode_of(fd), 0, "", 0, "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int fsync(int fd) { return sync_noted(REAL(fsync), fd); }
int fdatasync(int fd) { return sync_noted(REAL(fdatasync), fd); }

static int path_noted(char kind, int (*real)(const char *), const char *path) {
  char whole[PATH_MAX];
  int done, noted = under(path, whole);
  if (!noted) return real(path);
  pthread_mutex_lock(&lock);
  done = real(path);
  if (done == 0) note(kind, 0, 0, whole, strlen(whole), "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}
int unlink(const char *path) { return path_noted('u', REAL(unlink), path); }
int rmdir(const char *path) { return path_noted('u', REAL(rmdir), path); }

int mkdir(const char *path, mode_t mode) {
  char whole[PATH_MAX];
  struct stat found;
  int done;
  if (!under(path, whole)) return REAL(mkdir)(path, mode);
  pthread_mutex_lock(&lock);
  done = REAL(mkdir)(path, mode);
  if (done == 0 && stat(whole, &found) == 0) note('m', found.st_ino, 0, whole, strlen(whole), "", 0);
  pthread_mutex_unlock(&lock);
  return done;
}

int rename(const char *from, const char *to) {
  char whole_from[PATH_MAX], whole_to[PATH_MAX];
  int done;
  if (!under(from, whole_from) || !under(to, whole_to)) return REAL(rename)(from, to);
  pthread_mutex_lock(&lock);
  done = REAL(rename)(from, to);
  if (done == 0) note('r', 0, 0, whole_from, strlen(whole_from), whole_to, strlen(whole_to));
  pthread_mutex_unlock(&lock);
  return done;
}
