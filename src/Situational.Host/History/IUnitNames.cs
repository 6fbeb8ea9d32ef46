namespace Situational.Host.History;

/// <summary>What units are called and whose they are; a trail says neither.</summary>
internal interface IUnitNames
{
    /// <summary>A unit's squad and call sign; of one that nobody knows any more its id.</summary>
    (string Squad, string CallSign) Of(string unit);
}
