using Microsoft.Extensions.Logging;

namespace Situational.Storage.Sqlite;

/// <summary>
/// Moves what the write-ahead log holds into the database's file, on a thread and a connection of its own, while the writer goes on: reports do
/// not wait for pages that are durable in the log already. What came meanwhile is moved in a further pass; once little is left, the writer is
/// asked to move that itself between two batches, so that the log begins anew instead of growing.
/// </summary>
internal sealed partial class LogMover : IDisposable
{
    /// <summary>Pages in the log with which a pass begins.</summary>
    public const int FullPages = 4_096;

    /// <summary>Pages that the writer moves itself. More take another pass first, up to <see cref="MostPasses"/>.</summary>
    private const int FewPages = 512;

    private const int MostPasses = 4;

    private static readonly TimeSpan LastPass = TimeSpan.FromSeconds(3);

    private readonly Func<Session> _open;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private readonly AutoResetEvent _full = new(false);
    private volatile bool _closing;
    private volatile bool _leftLittle;
    private int _moving;
    private long _pages;

    /// <summary>Starts it.</summary>
    /// <param name="open">Opens its connection.</param>
    /// <param name="log">Logs what fails.</param>
    public LogMover(Func<Session> open, ILogger log)
    {
        _open = open;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "journal log mover" };
        _thread.Start();
    }

    /// <summary>Whether so little is left in the log that the writer is to move it. Asked by the writer between two batches; true once.</summary>
    public bool TakeLeftLittle()
    {
        if (!_leftLittle)
            return false;
        _leftLittle = false;
        _pages = 0;
        return true;
    }

    /// <summary>Called by the writer after each commit.</summary>
    /// <param name="pages">Pages that it wrote to the log.</param>
    public void Grown(int pages)
    {
        _pages += pages;
        if (_pages >= FullPages && Interlocked.CompareExchange(ref _moving, 1, 0) == 0)
            _full.Set();
    }

    public void Dispose()
    {
        _closing = true;
        _full.Set();
        // A disk that does not come back is left to itself.
        if (_thread.Join(LastPass))
            _full.Dispose();
    }

    private void Run()
    {
        Session? session = null;
        while (true)
        {
            _full.WaitOne();
            if (_closing)
                break;
            try
            {
                session ??= _open();
                var left = FewPages + 1;
                for (var pass = 0; pass < MostPasses && left > FewPages && !_closing; pass++)
                    left = session.MoveLog();
                _leftLittle = true;
            }
            catch (Exception e)
            {
                // The writer moves the log itself once it has grown further; if that fails too, its commits do.
                LogNotMoved(_log, e);
                session?.Dispose();
                session = null;
            }
            Volatile.Write(ref _moving, 0);
        }
        session?.Dispose();
    }

    [LoggerMessage(EventId = 9, Level = LogLevel.Warning, Message = "The journal's log could not be moved into its file; the writer does it.")]
    private static partial void LogNotMoved(ILogger logger, Exception cause);
}
