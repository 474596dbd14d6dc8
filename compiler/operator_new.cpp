// C++'s operators new and delete for LLVM, which makes and frees half a million small objects to compile a thousand lines.
//
// glibc's malloc keeps few free blocks of each size at hand and puts the rest together to larger ones, only to part them again: a
// twelfth of the time that a large program took.  Here each size has a list of free blocks, and what was freed last is used first.
// Blocks are cut from pieces of malloc's memory and never go back to it: a compilation needs again what the last one needed.  A word
// in front of a block tells its size, as in glibc.  Each thread has lists of its own; lld, which has several, frees little in them.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

extern "C" [[noreturn]] void rt_out_of_memory(void);

namespace
{

enum : std::size_t { UNIT = 16, LARGEST = 512 * UNIT, PIECE = 256 << 10, LARGE = 0 };

struct Block {
    Block *next; // lies where the object was
};

thread_local Block *free_blocks[LARGEST / UNIT + 1];
thread_local char *fresh, *fresh_end; // the rest of a piece

std::size_t &units_of(void *object) { return static_cast<std::size_t *>(object)[-1]; }

// A word in front of the first object makes it aligned.
bool take_piece()
{
    char *piece = static_cast<char *>(std::malloc(PIECE));
    if (!piece) return false;
    fresh = piece + UNIT;
    fresh_end = piece + PIECE;
    return true;
}

[[gnu::noinline]] void *take_fresh(std::size_t units)
{
    std::size_t bytes = units * UNIT;
    if (static_cast<std::size_t>(fresh_end - fresh) < bytes && !take_piece()) return nullptr;
    char *object = fresh;
    fresh += bytes;
    units_of(object) = units;
    return object;
}

[[gnu::noinline]] void *take_large(std::size_t bytes)
{
    if (bytes > SIZE_MAX - UNIT) return nullptr;
    char *whole = static_cast<char *>(std::malloc(bytes + UNIT));
    if (!whole) return nullptr;
    units_of(whole + UNIT) = LARGE;
    return whole + UNIT;
}

// null: there is no memory.
inline void *take(std::size_t bytes)
{
    if (bytes > LARGEST - sizeof(std::size_t)) return take_large(bytes);
    std::size_t units = (bytes + sizeof(std::size_t) + UNIT - 1) / UNIT;
    Block *block = free_blocks[units];
    if (!block) return take_fresh(units);
    free_blocks[units] = block->next;
    return block;
}

inline void give_back(void *object)
{
    if (!object) return;
    std::size_t units = units_of(object);
    if (units == LARGE) return std::free(static_cast<char *>(object) - UNIT);
    Block *block = static_cast<Block *>(object);
    block->next = free_blocks[units];
    free_blocks[units] = block;
}

bool is_aligned(std::align_val_t alignment) { return static_cast<std::size_t>(alignment) <= UNIT; }

inline void *take_or_end(std::size_t bytes)
{
    void *object = take(bytes);
    if (__builtin_expect(!object, false)) rt_out_of_memory();
    return object;
}

void *take_aligned(std::size_t bytes, std::align_val_t alignment)
{
    if (is_aligned(alignment)) return take(bytes);
    std::size_t multiple = static_cast<std::size_t>(alignment);
    return std::aligned_alloc(multiple, (bytes + multiple - 1) & -multiple);
}

void give_back_aligned(void *object, std::align_val_t alignment)
{
    if (is_aligned(alignment)) give_back(object);
    else std::free(object);
}

} // namespace

void *operator new(std::size_t bytes) { return take_or_end(bytes); }
void *operator new[](std::size_t bytes) { return take_or_end(bytes); }
void *operator new(std::size_t bytes, const std::nothrow_t &) noexcept { return take(bytes); }
void *operator new[](std::size_t bytes, const std::nothrow_t &) noexcept { return take(bytes); }
void operator delete(void *object) noexcept { give_back(object); }
void operator delete[](void *object) noexcept { give_back(object); }
void operator delete(void *object, std::size_t) noexcept { give_back(object); }
void operator delete[](void *object, std::size_t) noexcept { give_back(object); }
void operator delete(void *object, const std::nothrow_t &) noexcept { give_back(object); }
void operator delete[](void *object, const std::nothrow_t &) noexcept { give_back(object); }

void *operator new(std::size_t bytes, std::align_val_t alignment)
{
    void *object = take_aligned(bytes, alignment);
    if (!object) rt_out_of_memory();
    return object;
}
void *operator new[](std::size_t bytes, std::align_val_t alignment) { return operator new(bytes, alignment); }
void *operator new(std::size_t bytes, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    return take_aligned(bytes, alignment);
}
void *operator new[](std::size_t bytes, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    return take_aligned(bytes, alignment);
}
void operator delete(void *object, std::align_val_t alignment) noexcept { give_back_aligned(object, alignment); }
void operator delete[](void *object, std::align_val_t alignment) noexcept { give_back_aligned(object, alignment); }
void operator delete(void *object, std::size_t, std::align_val_t alignment) noexcept
{
    give_back_aligned(object, alignment);
}
void operator delete[](void *object, std::size_t, std::align_val_t alignment) noexcept
{
    give_back_aligned(object, alignment);
}
void operator delete(void *object, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    give_back_aligned(object, alignment);
}
void operator delete[](void *object, std::align_val_t alignment, const std::nothrow_t &) noexcept
{
    give_back_aligned(object, alignment);
}
