using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace Situational.Host.Setup;

/// <summary>
/// The web server's memory for what it receives and sends, in blocks that hold a request with a hundred fixes whole: with the framework's 4 KiB
/// each such request takes three or four system calls and as many hops between threads. Idle connections hold no block.
/// </summary>
internal sealed class ReceiveBlocks : IMemoryPoolFactory<byte>
{
    /// <summary>Bytes of a block.</summary>
    public const int BlockBytes = 16 * 1024;

    /// <summary>Blocks that one pool keeps while nobody uses them, 8 MiB; more are left to the garbage collector.</summary>
    public const int MaxKept = 512;

    /// <inheritdoc />
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    private sealed class Pool : MemoryPool<byte>
    {
        private readonly ConcurrentQueue<Block> _kept = new();
        private int _count;

        public override int MaxBufferSize => BlockBytes;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockBytes);
            if (!_kept.TryDequeue(out var block))
                return new Block(this);
            Interlocked.Decrement(ref _count);
            block.Lend();
            return block;
        }

        protected override void Dispose(bool disposing) => _kept.Clear();

        private void Take(Block block)
        {
            if (Interlocked.Increment(ref _count) <= MaxKept)
                _kept.Enqueue(block);
            else
                Interlocked.Decrement(ref _count);
        }

        /// <summary>Pinned for its whole life, because sockets write into it while the collector works.</summary>
        private sealed class Block(Pool pool) : IMemoryOwner<byte>
        {
            private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(BlockBytes, pinned: true);
            private int _lent = 1;

            public Memory<byte> Memory => _bytes;

            public void Lend() => Volatile.Write(ref _lent, 1);

            // giving a block back twice must not put it into two hands
            public void Dispose()
            {
                if (Interlocked.Exchange(ref _lent, 0) == 1)
                    pool.Take(this);
            }
        }
    }
}
