using Microsoft.CodeAnalysis;

namespace SdCompiler.Generator.Diagnostics;

/// <content>Descriptors: how layers, dimensions and sizes fit together.</content>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor FirstLayerNotInput = new(
        "SDC0100",
        "The first layer is no input",
        "The first layer '{1}' of model '{0}' is [{2}], which reads another layer; declare an [Embedding] or a [Series] above it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0100");

    public static readonly DiagnosticDescriptor UnknownLayer = new(
        "SDC0101",
        "A layer that does not exist is named",
        "{1} of '{0}' is '{2}', which is no layer of the model; use nameof of one of {3}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0101");

    public static readonly DiagnosticDescriptor ReadsItself = new(
        "SDC0102",
        "A layer reads itself",
        "{1} of '{0}' is '{0}' itself; name a layer declared above it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0102");

    public static readonly DiagnosticDescriptor ReadsLaterLayer = new(
        "SDC0103",
        "A layer reads a later one",
        "{1} of '{0}' is '{2}', which is declared below it; move '{2}' above '{0}', or name a layer above",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0103");

    public static readonly DiagnosticDescriptor InputReads = new(
        "SDC0104",
        "An input reads a layer",
        "From of '{0}' is '{1}', but [{2}] is an input and reads no layer; remove From, or use another kind of layer",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0104");

    public static readonly DiagnosticDescriptor NoLoss = new(
        "SDC0105",
        "The model has no loss",
        "Model '{0}' has no loss; end it with a [Softmax], [MixtureOfSoftmaxes], [Classification], [Crf] or [Regression] property",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0105");

    public static readonly DiagnosticDescriptor SeveralLosses = new(
        "SDC0106",
        "The model has more than one loss",
        "Model '{0}' has a second loss '{1}' after '{2}'; remove one, because a model has one loss",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0106");

    public static readonly DiagnosticDescriptor LossNotLast = new(
        "SDC0107",
        "The loss is not the last layer",
        "'{2}' of model '{0}' is declared below the loss '{1}'; move '{1}' to the end",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0107");

    public static readonly DiagnosticDescriptor LayerNotRead = new(
        "SDC0108",
        "No layer reads a layer",
        "No layer of model '{0}' reads '{1}'; name it in the From or the [Concat] of a later layer, or remove it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0108");

    public static readonly DiagnosticDescriptor UnknownDimension = new(
        "SDC0110",
        "A dimension that does not exist is named",
        "{1} of '{0}' is '{2}', which is no [Dimension] of the model; {3}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0110");

    public static readonly DiagnosticDescriptor DimensionUnused = new(
        "SDC0111",
        "A dimension is not used",
        "Dimension '{1}' of model '{0}' is not used; name it in an [Embedding], [CharacterCnn], [CharacterLstm], [Softmax], [MixtureOfSoftmaxes], [Classification] or [Crf], or remove it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0111");

    public static readonly DiagnosticDescriptor ConcatTooFew = new(
        "SDC0112",
        "A concatenation of fewer than two layers",
        "'{0}' concatenates {1}; name at least two layers, or remove it and read the layer itself",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0112");

    public static readonly DiagnosticDescriptor ConcatRepeats = new(
        "SDC0113",
        "A concatenation repeats a layer",
        "'{0}' names '{1}' twice; name each layer once",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0113");

    public static readonly DiagnosticDescriptor ConcatFrom = new(
        "SDC0114",
        "A concatenation has From",
        "From of '{0}' is '{1}', but a [Concat] reads the layers that it names; add '{1}' to these, and remove From",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0114");

    public static readonly DiagnosticDescriptor TiedToNotEmbedding = new(
        "SDC0115",
        "A softmax is tied to something that is no embedding",
        "TiedTo of '{0}' is '{1}', which is [{2}]; name an [Embedding]",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0115");

    public static readonly DiagnosticDescriptor TiedTokensDiffer = new(
        "SDC0116",
        "A tied softmax has other classes than the embedding has tokens",
        "TiedTo of '{0}' is '{1}', which has {2} tokens, but '{0}' has {3} classes; make them the same dimension or the same number",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0116");

    public static readonly DiagnosticDescriptor TiedWidthDiffers = new(
        "SDC0117",
        "A tied softmax reads another width than the embedding's",
        "TiedTo of '{0}' is '{1}', whose vectors have {2} numbers, but '{0}' reads {3} from '{4}'; make them equal, or put a [Linear({2})] layer between '{4}' and '{0}'",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0117");

    public static readonly DiagnosticDescriptor DropsNothing = new(
        "SDC0118",
        "A rate drops nothing",
        "{1} of '{0}' is {2}, which keeps all {3} of {3} units, because (1 - {2}) * {3} is rounded; {4}, or remove it",
        "SdCompiler.Connections",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0118");

    public static readonly DiagnosticDescriptor DropsEverything = new(
        "SDC0119",
        "A rate would drop every unit",
        "{1} of '{0}' is {2}, which would keep none of {3} units, because (1 - {2}) * {3} is rounded; 1 is kept: lower the rate",
        "SdCompiler.Connections",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0119");

    public static readonly DiagnosticDescriptor ParameterTooLarge = new(
        "SDC0120",
        "A weight matrix is too large",
        "The weights of '{0}' are {1} x {2} = {3} numbers; use smaller sizes, so that there are at most {4}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0120");

    public static readonly DiagnosticDescriptor WorkspaceTooLarge = new(
        "SDC0121",
        "The workspace is too large",
        "One window of model '{0}' needs {1} numbers of workspace (BatchSize {2}, TimeSteps {3}); use smaller sizes, so that there are at most {4}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0121");

    public static readonly DiagnosticDescriptor LayerWithoutCuda = new(
        "SDC0122",
        "The CUDA backend lacks a layer",
        "The CUDA backend has no {1} yet, which '{0}' asks for; leave it out, or remove Backends.Cuda from the model and train it on the CPU",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0122");

    public static readonly DiagnosticDescriptor TiedContextDiffers = new(
        "SDC0144",
        "A tied mixture of softmaxes has contexts of another length than the embedding's vectors",
        "TiedTo of '{0}' is '{1}', whose vectors have {2} numbers, but the contexts of '{0}' have {3}; set Width = {2}",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0144");

    public static readonly DiagnosticDescriptor TiedToFrozen = new(
        "SDC0143",
        "A softmax is tied to a table that is not trained",
        "TiedTo of '{0}' is '{1}', whose table is not trained, but the weights of '{0}' are; remove Trainable = false from '{1}', or remove TiedTo",
        "SdCompiler.Connections",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0143");

    public static readonly DiagnosticDescriptor EndsNotRead = new(
        "SDC0145",
        "A class of a sentence is read past the end of one direction",
        "'{0}' reads '{1}' through '{2}', at each row's last step, where the backward direction of '{1}' has read one step only; read '{1}' itself (From = nameof({1})), whose directions are read where each ends, or leave Direction out",
        "SdCompiler.Connections",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: HelpPage + "sdc0145");
}
