using Situational.Host.Setup;

namespace Situational.Host.Tests.Setup;

public sealed class ReceiveBlocksTests
{
    [Fact]
    public void Rent_WhatWasGivenBackTwice_IsLentToOneAtATime()
    {
        using var pool = new ReceiveBlocks().Create();
        var block = pool.Rent();
        block.Dispose();
        block.Dispose();

        using var first = pool.Rent(1);
        using var second = pool.Rent(ReceiveBlocks.BlockBytes);

        Assert.Same(block, first);
        Assert.NotSame(first, second);
        Assert.Equal(ReceiveBlocks.BlockBytes, second.Memory.Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => pool.Rent(ReceiveBlocks.BlockBytes + 1));
    }

    [Fact]
    public void Rent_MoreThanAreKept_LeavesTheRestToTheCollector()
    {
        using var pool = new ReceiveBlocks().Create();
        var lent = Enumerable.Range(0, ReceiveBlocks.MaxKept + 5).Select(_ => pool.Rent()).ToList();

        lent.ForEach(block => block.Dispose());

        var again = Enumerable.Range(0, lent.Count).Select(_ => pool.Rent()).ToList();
        Assert.Equal(ReceiveBlocks.MaxKept, again.Count(lent.Contains));
    }
}
