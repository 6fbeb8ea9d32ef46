using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Sqlite;

public sealed class PastHistoryTests : PastHistoryContract
{
    protected override StoreUnderTest NewStore() => new StoreFolder();

    protected override Task<UpkeepCommand> VerifyAsync(StoreUnderTest store) => UpkeepCommand.RunAsync("verify", "--data", store.Data);
}
