using Microsoft.Extensions.Logging.Abstractions;
using Situational.Storage.Sqlite;

namespace Situational.Storage.Tests.Sqlite;

public sealed class LogMoverTests : IDisposable
{
    private const int Bytes = 8 * 1024 * 1024;
    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("situational-log-").FullName, "log.db");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void Grown_ToAFullLog_MovesItIntoTheFileBesideTheWriterAndAsksThatForTheRest()
    {
        File.WriteAllBytes(_file, []);
        using var writer = new Session(_file, 2, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;");
        using var mover = new LogMover(() => new Session(_file, 2, "PRAGMA synchronous = FULL"), NullLogger.Instance);
        writer.Run("CREATE TABLE rows (data BLOB)");
        writer.Run("INSERT INTO rows VALUES (zeroblob($1))", Bytes);
        Assert.InRange(new FileInfo(_file).Length, 0, Bytes / 2);
        Assert.False(mover.TakeLeftLittle());
        // the writer is inside its next transaction meanwhile
        writer.Run("BEGIN IMMEDIATE");
        writer.Run("INSERT INTO rows VALUES (x'01')");

        var written = writer.TakeWritten();
        Assert.True(written * 4_096L >= Bytes, "The pages of the log were not counted.");
        mover.Grown(LogMover.FullPages);

        Assert.True(SpinWait.SpinUntil(mover.TakeLeftLittle, TimeSpan.FromMinutes(1)), "The log was not moved.");
        Assert.False(mover.TakeLeftLittle());
        Assert.True(new FileInfo(_file).Length >= Bytes, "What the log held is not in the file.");
        writer.Run("COMMIT");
        Assert.Equal(0, writer.MoveLog());
        Assert.Equal(2L, writer.Value("SELECT count(*) FROM rows"));
    }

    [Fact]
    public void Grown_ByLittle_MovesNothing()
    {
        File.WriteAllBytes(_file, []);
        var opened = 0;
        using (var mover = new LogMover(() => { opened++; return new Session(_file, 2, ""); }, NullLogger.Instance))
        {
            mover.Grown(LogMover.FullPages - 1);
            Assert.False(mover.TakeLeftLittle());
        }
        Assert.Equal(0, opened);
    }
}
