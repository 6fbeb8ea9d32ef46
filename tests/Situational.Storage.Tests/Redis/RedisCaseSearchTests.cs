using Situational.Storage.Tests.Contract;
using Situational.Storage.Tests.Support;

namespace Situational.Storage.Tests.Redis;

public sealed class RedisCaseSearchTests(SharedRedis redis) : CaseSearchContract(new RedisSpace(redis.Server));
