namespace BelcoFunctions.Simulation.Tests.Store;

/// <summary>The service refuses a request, with a status and a code of its documentation.</summary>
internal sealed class StoreRefusal(int status, string code) : Exception($"{status} {code}")
{
    public int Status => status;

    public string Code => code;
}
