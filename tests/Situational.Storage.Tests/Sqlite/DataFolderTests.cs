using System.Runtime.Versioning;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Situational.Storage.Sqlite;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class DataFolderTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Fault", "S14")]
    [Fact, UnsupportedOSPlatform("windows")]
    public void Open_OfANewFolder_IsForTheOwnerAlone()
    {
        Assert.Equal(_folder.File, _folder.Store.File);
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(file | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.Data));
        Assert.Contains(_folder.File, Directory.GetFiles(_folder.Data));
        Assert.All(Directory.GetFiles(_folder.Data), f => Assert.Equal(file, File.GetUnixFileMode(f)));
    }

    [Trait("Fault", "S14")]
    [Fact, UnsupportedOSPlatform("windows")]
    public void Open_OfAFileThatOthersMayRead_TakesThatAway()
    {
        Assert.NotNull(_folder.Store);
        _folder.Close();
        const UnixFileMode file = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(_folder.File, file | UnixFileMode.OtherRead);
        Assert.NotNull(_folder.Store);
        Assert.Equal(file, File.GetUnixFileMode(_folder.File));
    }

    [Fact]
    public void Open_OfAFolderInUse_IsRefusedAndNamesTheProcess()
    {
        Assert.NotNull(_folder.Store);
        using var second = _folder.Build();
        var refusal = Assert.Throws<StorageUnusableException>(second.GetRequiredService<SqliteStore>);
        Assert.Equal($"the data folder {_folder.Data} is in use by process {Environment.ProcessId}", refusal.Message);
    }

    [Fact]
    public void Open_AfterClosing_Works()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.NotNull(_folder.Store);
            _folder.Close();
        }
        Assert.False(File.Exists(_folder.File + "-wal"), "Closing folds the write-ahead log into the file.");
    }

    [Fact]
    public void Open_WhereAFileStands_IsRefusedInOneLine()
    {
        File.WriteAllText(_folder.Data, "");
        var refusal = Assert.Throws<StorageUnusableException>(() => _folder.Store);
        Assert.StartsWith($"the data folder {_folder.Data} cannot be written: ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        File.Delete(_folder.Data);
    }

    [Fact]
    public void Open_OfAFileThatIsNoDatabase_IsRefused()
    {
        Directory.CreateDirectory(_folder.Data);
        File.WriteAllText(_folder.File, string.Concat(Enumerable.Repeat("not a database ", 1_000)));
        var refusal = Assert.Throws<StorageUnusableException>(() => _folder.Store);
        Assert.Contains(_folder.File, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OfAnotherProgramsDatabase_IsRefusedAndLeavesIt()
    {
        Directory.CreateDirectory(_folder.Data);
        Run("CREATE TABLE songs (name TEXT)");
        var refusal = Assert.Throws<StorageUnusableException>(() => _folder.Store);
        Assert.Equal($"the file {_folder.File} is a database of another program", refusal.Message);
        Run("INSERT INTO songs VALUES ('still there')");
    }

    [Fact]
    public async Task Host_WithAFolderThatCannotBeUsed_DoesNotStart()
    {
        await File.WriteAllTextAsync(_folder.Data, "");
        await using var services = _folder.Build();
        Assert.Throws<StorageUnusableException>(() => services.GetServices<IHostedService>().ToList());
        File.Delete(_folder.Data);
    }

    [Theory]
    [InlineData("QueueCapacity", "0")]
    [InlineData("SnapshotEvery", "0")]
    [InlineData("ReportKeyDays", "6")]
    [InlineData("ReportKeysKept", "0")]
    [InlineData("BusySeconds", "61")]
    [InlineData("Readers", "1")]
    [InlineData("AnswerSeconds", "0")]
    [InlineData("SearchSeconds", "61")]
    [InlineData("BatchSize", "-1")]
    public void Options_OutOfRange_AreRefusedByName(string name, string value)
    {
        _folder.Settings = [(name, value)];
        var refusal = Assert.Throws<OptionsValidationException>(() => _folder.Store);
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_folder.File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
