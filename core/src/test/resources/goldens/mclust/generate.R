# Makes steps.json and tables.json, and the two data sets that come with mclust: Rscript generate.R
# R 4.2.2, mclust 6.0.0, jsonlite, MASS (geyser). Run in this folder; tables.json takes minutes.
suppressMessages({library(mclust); library(jsonlite)})
data(banknote); data(diabetes); data(geyser, package = "MASS")
names14 <- c("EII", "VII", "EEI", "VEI", "EVI", "VVI", "EEE", "VEE", "EVE", "VVE", "EEV", "VEV", "EVV", "VVV")
json <- function(x, file) writeLines(toJSON(x, digits = NA, auto_unbox = TRUE, na = "null"), file)

write.csv(banknote[, -1], "banknote.csv", row.names = FALSE, quote = FALSE)
write.csv(diabetes[, -1], "diabetes.csv", row.names = FALSE, quote = FALSE)
write.csv(geyser, "geyser.csv", row.names = FALSE, quote = FALSE)

sets <- list(
  faithful = read.csv("../../../../../../examples/faithful.csv")[, 1:2],
  iris = read.csv("../../../../../../examples/iris.csv")[, 1:4],
  diabetes = diabetes[, -1], banknote = banknote[, -1], geyser = geyser)

# One M-step from the true species, with inner iterations run to the end; then EM from there.
iris4 <- as.matrix(sets$iris)
z <- unmap(iris$Species)
tight <- emControl(tol = c(1e-14, 0), itmax = c(100000, 50000))
steps <- lapply(names14, function(m) {
  s <- mstep(iris4, modelName = m, z = z, control = tight)
  sigma <- s$parameters$variance$sigma
  f <- me(iris4, modelName = m, z = z, control = tight)
  list(structure = m, df = nMclustParams(m, 4, 3),
       covariances = lapply(1:3, function(k) sigma[, , k]),
       logLikelihood = f$loglik)
})
json(list(made_by = paste("mclust", packageVersion("mclust"), R.version.string), steps = steps), "steps.json")

tables <- lapply(names(sets), function(name) {
  x <- as.matrix(sets[[name]])
  n <- nrow(x); d <- ncol(x)
  began <- proc.time()
  bic <- mclustBIC(x, G = 1:9, modelNames = names14, verbose = FALSE)
  seconds <- sum((proc.time() - began)[1:2])
  cat(name, seconds, "s\n", file = stderr())
  print(summary(bic, x))
  cells <- lapply(names14, function(m) sapply(1:9, function(g)
    (bic[as.character(g), m] + nMclustParams(m, d, g) * log(n)) / 2))
  names(cells) <- names14
  list(data = name, seconds = seconds, best = names(unclass(pickBIC(bic, 3))), logLikelihood = cells)
})
json(list(made_by = paste("mclust", packageVersion("mclust"), R.version.string), tables = tables), "tables.json")

# The same under mclust's prior, where it has one: the first M-step of me (mstep differs from
# it for EII, EEI and EEV), and where it ends.
once <- emControl(tol = c(1e-14, 1e-14), itmax = c(1, 50000))
tight <- emControl(tol = c(1e-14, 1e-14), itmax = c(100000, 50000))
priors <- function(x, z, structures) lapply(structures, function(m) {
  s <- suppressWarnings(me(x, modelName = m, z = z, prior = priorControl(), control = once))
  f <- suppressWarnings(me(x, modelName = m, z = z, prior = priorControl(), control = tight))
  if (is.na(f$loglik)) return(list(structure = m, warning = attr(f, "WARNING")))
  list(structure = m, means = t(s$parameters$mean),
       covariances = lapply(1:ncol(z), function(k) s$parameters$variance$sigma[, , k]), logLikelihood = f$loglik)
})
faithful <- as.matrix(sets$faithful)
json(list(made_by = paste("mclust", packageVersion("mclust"), R.version.string),
          iris = priors(iris4, z, names14),
          faithful = priors(faithful, unmap(2 - (faithful[, 1] > 3)), names14)), "priors.json")
