namespace Situational.Storage.Upkeep;

/// <summary>Verifies stores and moves them.</summary>
/// <param name="output">For what was found.</param>
/// <param name="progress">For how far it has come.</param>
/// <param name="time">When to say so.</param>
internal sealed class Upkeeper(TextWriter output, TextWriter progress, TimeProvider time)
{
    /// <summary>Most faults that are told one by one.</summary>
    private const int MostTold = 1_000;

    private const int BatchItems = 1_000;
    private const int BatchBytes = 4 * 1024 * 1024;

    /// <summary>Looks at everything; true when nothing is wrong.</summary>
    public async Task<bool> VerifyAsync(IJournalArchive archive, CancellationToken cancellationToken)
    {
        var check = await CheckAsync(archive, "verifying", static (_, _) => Task.CompletedTask, false, cancellationToken);
        output.WriteLine($"{archive.Place}: {check.Sum.Counts.ToText()}");
        output.WriteLine(check.Faults == 0 ? "No fault found." : $"{check.Faults} faults found.");
        return check.Faults == 0;
    }

    /// <summary>Moves everything, then verifies the target; true when all is there and nothing is wrong. Until then the target stays marked.</summary>
    public async Task<bool> MoveAsync(IJournalArchive source, IJournalArchive target, CancellationToken cancellationToken)
    {
        await target.BeginAsync(source.Place, cancellationToken);
        var batch = new List<ArchiveItem>(BatchItems);
        var bytes = 0;
        var moved = await CheckAsync(source, "moving", async (item, token) =>
        {
            batch.Add(item);
            bytes += item.Bytes;
            if (batch.Count >= BatchItems || bytes >= BatchBytes)
                await FlushAsync(token);
        }, true, cancellationToken);
        if (moved.Faults > 0)
        {
            output.WriteLine($"{source.Place} is damaged: nothing of it is in force at {target.Place}. situational verify names every fault.");
            return false;
        }
        await FlushAsync(cancellationToken);

        var found = await CheckAsync(target, "verifying", static (_, _) => Task.CompletedTask, false, cancellationToken);
        var difference = moved.Sum.DifferenceTo(found.Sum);
        if (difference is not null)
            output.WriteLine($"{source.Place} and {target.Place} are not equal: {difference}.");
        if (found.Faults > 0 || difference is not null)
        {
            output.WriteLine($"{target.Place} stays marked as incomplete: no server starts on it.");
            return false;
        }
        await target.CompleteAsync(cancellationToken);
        output.WriteLine($"{target.Place} holds all of {source.Place}: {found.Sum.Counts.ToText()}");
        return true;

        async Task FlushAsync(CancellationToken token)
        {
            if (batch.Count > 0)
                await target.WriteAsync(batch, token);
            batch.Clear();
            bytes = 0;
        }
    }

    private async Task<StoreCheck> CheckAsync(
        IJournalArchive archive, string doing, Func<ArchiveItem, CancellationToken, Task> each, bool stopAtFault, CancellationToken cancellationToken)
    {
        var told = 0;
        var check = new StoreCheck(archive, (place, damage) =>
        {
            if (++told <= MostTold)
                output.WriteLine($"{archive.Place}: {place}: {damage}.");
            else if (told == MostTold + 1)
                output.WriteLine("More faults follow and are only counted.");
        });
        var said = new UpkeepProgress(doing, await archive.CountAsync(cancellationToken), progress, time);
        await foreach (var item in archive.ReadAsync(cancellationToken))
        {
            await check.ObserveAsync(item, cancellationToken);
            if (stopAtFault && check.Faults > 0)
                return check;
            await each(item, cancellationToken);
            said.Say(check.Sum);
        }
        await check.CompleteAsync(cancellationToken);
        said.SayNow(check.Sum);
        return check;
    }
}
