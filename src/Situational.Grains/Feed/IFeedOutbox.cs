using Situational.Grains.Messages;

namespace Situational.Grains.Feed;

/// <summary>
/// The silo's outbox: grains of this silo put their changes in, one pump sends them to every web node's live view.
/// Safe for all threads; never blocks; holds at most one merged change a grid.
/// </summary>
public interface IFeedOutbox
{
    /// <summary>Puts a grid's change in, merged with what waits of the same grid.</summary>
    void Publish(GridChange change);

    /// <summary>Notes whether the journal could be written at the last try.</summary>
    void NoteStore(bool away);
}
