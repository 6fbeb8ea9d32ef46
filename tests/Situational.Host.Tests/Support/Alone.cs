namespace Situational.Host.Tests.Support;

/// <summary>The collection of tests that no other runs beside: they measure this process, or load the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>Its name.</summary>
    public const string Name = "alone";
}
