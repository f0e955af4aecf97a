namespace SdCompiler.Runtime;

/// <summary>Who holds newer values of a model's parameters than its own memory does: a trainer on a device, one that averages weights, or one with moves to make up for.</summary>
internal interface IParameterHost
{
    /// <summary>Copies the newest values of all parameters into the model's memory.</summary>
    void BringHome();

    /// <summary>Nobody will ask for the newest values, because others are about to take their place.</summary>
    void GiveUp()
    {
    }
}
