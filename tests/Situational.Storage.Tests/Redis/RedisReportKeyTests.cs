using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisReportKeyTests(SharedRedis redis) : ReportKeyContract(new RedisSpace(redis.Server, Settings));
