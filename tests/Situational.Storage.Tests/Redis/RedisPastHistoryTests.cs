using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisPastHistoryTests(SharedRedis redis) : PastHistoryContract
{
    protected override StoreUnderTest NewStore() => new RedisSpace(redis.Server);

    protected override Task<UpkeepCommand> VerifyAsync(StoreUnderTest store) => UpkeepCommand.RunAsync(
        "verify", "--redis", redis.Server.Address, $"--Situational:Storage:Redis:Prefix={((RedisSpace)store).Prefix}");
}
